import { connectDashboard, type ShowToast } from "./connect-dashboard.ts";
import { createDdClient, type PageEnvironment } from "./create-dd-client.ts";
import { createOwnToasts } from "./create-own-toasts.ts";
import type { DdClient } from "./dd-client.ts";
import { openLinks } from "./open-links.ts";
import { readPageConfig } from "./read-page-config.ts";
import type { PageConfig } from "./wire.ts";

/** The window of a page. */
export type PageWindow = Window & typeof globalThis;

/**
 * Defines `window.ddClient`, once and for good, from what the script element under way says. Where that is missing or malformed, one
 * line in the console says why, and nothing is defined.
 */
export function startPage(window: PageWindow): void {
  if (Object.hasOwn(window, "ddClient")) return;
  const config = configOf(window);
  if (config === undefined) return;
  const value = createDdClient(config, environmentOf(window, config));
  Object.defineProperty(window, "ddClient", { value, enumerable: true });
  if (window.parent !== window) openLinks(window);
}

function configOf({ document, console }: PageWindow): PageConfig | undefined {
  try {
    return readPageConfig(document.currentScript?.dataset["bowsprit"]);
  } catch (error) {
    console.error("There is no window.ddClient in this page:", error);
    return undefined;
  }
}

/** The page's functions are taken as they are now: whoever replaces `window.fetch` later does not get between. */
function environmentOf(window: PageWindow, config: PageConfig): PageEnvironment {
  const { reportError }: Partial<PageWindow> = window;
  return {
    base: window.location.origin,
    fetch: window.fetch.bind(window),
    WebSocket: window.WebSocket,
    open: window.open.bind(window),
    reportError: reportError?.bind(window) ?? window.console.error,
    showToast: toastsOf(window, config),
  };
}

function toastsOf(window: PageWindow, { dashboard }: PageConfig): ShowToast {
  const { parent, document } = window;
  if (parent === window) return createOwnToasts(document);
  const outer = clientOf(parent);
  // A frame within the page speaks through the page, whose frame the dashboard knows.
  if (outer !== undefined) return (level, text) => outer.desktopUI.toast[level](text);
  return connectDashboard(parent, dashboard);
}

/** The client of a window of our own origin; any other one does not let itself be looked at. */
function clientOf(window: Window & { readonly ddClient?: DdClient }): DdClient | undefined {
  try {
    return window.ddClient;
  } catch {
    return undefined;
  }
}
