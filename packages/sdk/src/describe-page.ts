import { join } from "node:path";
import type { InstalledExtension } from "@bowsprit/store";
import type { ExtensionPage } from "./extension-page.ts";

/** The page of an installed extension; null for one without. */
export function describePage({ id, record, folder, digest }: InstalledExtension): ExtensionPage | null {
  const { ui, vm, socket, host } = record.metadata;
  if (ui === undefined) return null;
  const { root, src, query = "", fragment = "" } = ui.dashboardTab;
  const prefix = root === "." ? "" : `${root}/`;
  return {
    id,
    title: record.title,
    image: record.image ?? id,
    digest,
    folder: join(folder, "root", root),
    files: record.files.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])),
    entry: `${src.split("/").map(encodeURIComponent).join("/")}${query}${fragment}`,
    offers: { service: socket !== undefined, vm: vm !== undefined, host: host !== undefined },
  };
}

/** The absolute path of an extension's icon; null where its files have none. */
export function iconOf({ record, folder }: InstalledExtension): string | null {
  const { icon } = record.metadata;
  if (icon === undefined || !record.files.some(({ path }) => path === icon)) return null;
  return join(folder, "root", icon);
}
