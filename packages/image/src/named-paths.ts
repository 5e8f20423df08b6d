import { posix } from "node:path";
import type { Metadata } from "@bowsprit/core";

/** The files and folders that the metadata name for every platform. Siblings of the compose file may be named in it, so its folder counts. */
export function namedPaths({ icon, ui, vm }: Metadata): readonly string[] {
  const compose = vm?.composefile === undefined ? [] : [posix.dirname(vm.composefile)];
  const page = ui === undefined ? [] : [ui.dashboardTab.root];
  return ["metadata.json", ...(icon === undefined ? [] : [icon]), ...page, ...compose];
}
