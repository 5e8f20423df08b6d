import { join } from "node:path";
import type { ExtensionId } from "@bowsprit/core";
import type { HomeLayout } from "./home-layout.ts";
import { ensureFolder, ensureHome } from "./private-folder.ts";
import type { Store } from "./store.ts";

export type HomeFolders = Pick<Store, "socketsFolder" | "runFolder" | "ensureSocketsFolder" | "ensureRunFolder">;

/** The folders of a home that others write to. See {@link Store}. */
export function createHomeFolders(layout: HomeLayout): HomeFolders {
  const socketsFolder = (id: ExtensionId): string => join(layout.socketsOf(id), "guest");
  return {
    socketsFolder,
    runFolder: layout.run,
    async ensureSocketsFolder(id) {
      await ensurePrivate(layout.home, [layout.sockets, layout.socketsOf(id)]);
      // Containers choose their user, so any user may make a socket here; the two folders around it are closed to all but us.
      await ensureFolder(socketsFolder(id), 0o777);
      return socketsFolder(id);
    },
    async ensureRunFolder() {
      await ensurePrivate(layout.home, [layout.run]);
      return layout.run;
    },
  };
}

async function ensurePrivate(home: string, folders: readonly string[]): Promise<void> {
  await ensureHome(home);
  for (const folder of folders) await ensureFolder(folder, 0o700);
}
