import type { Extension, HostEvent } from "@bowsprit/core";
import { after } from "./after.ts";
import { createApiClient } from "./create-api-client.ts";
import { type Catalog, createCatalog } from "./create-catalog.ts";
import { createCell } from "./create-cell.ts";
import { createEventFeed } from "./create-event-feed.ts";
import { createRouter } from "./create-router.ts";
import { createTheme } from "./create-theme.ts";
import { createToasts } from "./create-toasts.ts";
import { overview } from "./route.ts";
import type { Shell } from "./shell.ts";

/** Puts the dashboard's state together in a browser's window, and connects it to the gateway it was loaded from. */
export function createShell(window: Window & typeof globalThis): Shell {
  const signedOut = createCell(false);
  const api = createApiClient({ fetch: window.fetch.bind(window), onSignedOut: () => signedOut.set(true) });
  const catalog = createCatalog(() => api.list());
  const router = createRouter(window);
  const toasts = createToasts(after);
  const take = (event: HostEvent): void => {
    const gone = event.type === "removed" ? findExtension(catalog, event.id) : undefined;
    catalog.apply(event);
    if (gone === undefined) return;
    toasts.show({ level: "success", text: `${gone.title} was removed`, from: null });
    const route = router.value();
    if (route.page === "extension" && route.id === gone.id) router.go(overview);
  };
  const refresh = (): void => void catalog.refresh();
  const feed = createEventFeed({
    after,
    connect: () => new window.WebSocket(`ws://${window.location.host}/api/events`),
    onEvent: take,
    onUp: refresh,
    onDown: refresh,
  });
  signedOut.subscribe(() => feed.close());
  // A link may have been opened in another tab meanwhile: whoever comes back to this one is in again.
  window.document.addEventListener("visibilitychange", () => {
    if (window.document.hidden || !signedOut.value()) return;
    void api.list().then(
      () => window.location.reload(),
      () => undefined,
    );
  });
  window.addEventListener("online", () => feed.retry());
  refresh();
  const theme = createTheme({ storage: storageOf(window), apply: (choice) => applyTheme(window, choice) });
  return { api, catalog, feed, router, signedOut, take, theme, toasts };
}

function findExtension(catalog: Catalog, id: string): Extension | undefined {
  const state = catalog.value();
  return state.kind === "ready" ? state.extensions.find((extension) => extension.id === id) : undefined;
}

/** By script, which the content security policy lets through; frames follow the scheme of the page around them. */
function applyTheme({ document }: Window, theme: string): void {
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
}

/** A browser that forbids storage throws at the mere look at it. */
function storageOf(window: Window): Pick<Storage, "getItem" | "setItem"> {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}
