import { arch, hostname, platform } from "node:os";
import type { PageConfig } from "@bowsprit/client";
import type { ExtensionPage } from "@bowsprit/sdk";
import { escapeAttribute } from "./escape-attribute.ts";

/** Where the client's script is on every page's origin. */
export const clientPath = "/.bowsprit/client.js";

/** The element that loads the client of a page, with what the page is told before its first script runs. */
export function clientElement({ image, offers }: ExtensionPage, dashboard: string): string {
  const config: PageConfig = {
    image,
    dashboard,
    host: { platform: platform(), arch: arch(), hostname: hostname() },
    offers,
  };
  return `<script src="${clientPath}" data-bowsprit="${escapeAttribute(JSON.stringify(config))}"></script>`;
}
