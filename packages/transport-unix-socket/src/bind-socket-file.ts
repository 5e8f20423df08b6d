import { once } from "node:events";
import type { Stats } from "node:fs";
import { chmod, link, lstat, mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:net";
import type { CallOptions } from "@bowsprit/core";
import { clearStaleSocket } from "./clear-stale-socket.ts";
import type { SocketFolder } from "./socket-folder.ts";

/** Where a server's file is made, and the limits of the question whether an old one still answers. */
export interface BindSocketFileOptions extends CallOptions {
  readonly folder: SocketFolder;
  readonly name: string;
  readonly hasProc: boolean;
  /** Begins the messages. */
  readonly attempt: string;
}

/**
 * Makes a server listen on a name in a folder, and returns the file it made there.
 *
 * The socket is born in a private folder and gets its name by a hard link. So it has its mode before anybody can reach it, it answers
 * from the moment it has its name, a name that is taken stays taken, and the runtime, which unlinks what it bound, unlinks nothing.
 */
export async function bindSocketFile(server: Server, options: BindSocketFileOptions): Promise<Stats> {
  const folder = options.folder.path;
  const path = `${folder}/${options.name}`;
  const cradle = await mkdtemp(`${folder}/.b`);
  try {
    const born = `${cradle}/s`;
    const listening = once(server, "listening");
    server.listen({ path: born, exclusive: true });
    await listening;
    await chmod(born, 0o600);
    await link(born, path).catch(async (error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      await clearStaleSocket(path, { ...options, aside: `${cradle}/stale` });
      await link(born, path);
    });
    return await lstat(born);
  } finally {
    await rm(cradle, { recursive: true, force: true });
  }
}
