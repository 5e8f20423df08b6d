import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHost, type Host } from "@bowsprit/sdk";
import { connectHost, type ControlServer, serveControl, type ServeControlOptions } from "../src/index.ts";

/** A home with a direct host, the control channel of it, and a host that is connected to it. */
export interface Daemon extends AsyncDisposable {
  readonly folder: string;
  readonly home: string;
  readonly direct: Host;
  readonly connected: Host;
  readonly server: ControlServer;
  /** Whether somebody asked the daemon to stop. */
  readonly stopped: Promise<void>;
}

/** What a daemon says of a gateway that is none. */
export const about: ServeControlOptions["about"] = () => ({ origin: "http://o", link: "http://o/?token=t" });

export async function openDaemon(): Promise<Daemon> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-control-")));
  const home = join(folder, "home");
  const direct = createHost({ home });
  await direct.hold();
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  const server = await serveControl({ host: direct, version: "1.2.3", about, onStop: resolve });
  const connected = await connectHost({ home });
  if (connected === undefined) throw new Error("no daemon answers");
  return {
    folder,
    home,
    direct,
    connected,
    server,
    stopped,
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await direct[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
