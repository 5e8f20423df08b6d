/** The window of a page, as far as its links need it. */
export interface LinkWindow {
  readonly location: { readonly origin: string };
  addEventListener(type: "click", listener: (event: MouseEvent) => void): void;
  open(url: string, target: string, features: string): unknown;
}

/**
 * Opens a link to another origin in a tab of its own: within the dashboard's frame no other site can be shown, and most of them do not let
 * themselves be framed anyway. What the page itself takes care of, and what asks for another place or a download, is left alone.
 */
export function openLinks(window: LinkWindow): void {
  window.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => isLink(node));
    if (link === undefined || !leaves(link, window.location.origin)) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener,noreferrer");
  });
}

type Link = Pick<HTMLAnchorElement, "href" | "origin" | "protocol" | "target" | "download">;

function isLink(node: EventTarget): node is EventTarget & Link {
  return "localName" in node && (node.localName === "a" || node.localName === "area") && "href" in node;
}

function leaves({ href, protocol, origin, target, download }: Link, own: string): boolean {
  const isHere = ["", "_self", "_parent", "_top"].includes(target);
  return href !== "" && isHere && download === "" && /^https?:$/u.test(protocol) && origin !== own;
}
