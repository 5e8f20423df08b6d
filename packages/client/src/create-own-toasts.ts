import type { ShowToast } from "./connect-dashboard.ts";
import { toastStyle } from "./toast-style.ts";

/** Milliseconds a toast stays: long enough to read two lines, short enough to need no button. */
const lifetimeMs = 5000;

/** Toasts at a time: a page that says more than fits must not cover itself. */
const maxToasts = 5;

/**
 * Shows toasts in the page itself, for a page that nothing frames. They are text, never markup; a click or five seconds take one away.
 * The style is a constructed sheet, which the strictest policy of a page allows. Nothing is added to the page before the first toast.
 */
export function createOwnToasts(document: Document): ShowToast {
  let shelf: ShadowRoot | undefined;
  return (level, text) => {
    shelf ??= openShelf(document);
    if (!shelf.host.isConnected) document.documentElement.append(shelf.host);
    const toast = document.createElement("div");
    toast.className = level;
    toast.setAttribute("role", level === "success" ? "status" : "alert");
    shelf.append(toast);
    // A screen reader announces what changes in a region that is there already.
    toast.textContent = text;
    if (shelf.childElementCount > maxToasts) shelf.firstElementChild?.remove();
    const remove = (): void => toast.remove();
    toast.addEventListener("click", remove);
    setTimeout(remove, lifetimeMs);
  };
}

function openShelf(document: Document): ShadowRoot {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(toastStyle);
  const shelf = document.createElement("bowsprit-toasts").attachShadow({ mode: "closed" });
  shelf.adoptedStyleSheets = [sheet];
  return shelf;
}
