import { resolve } from "node:path";
import { BowspritError, ErrorCode, type Platform, platformOf } from "@bowsprit/core";
import { createProcessTable } from "@bowsprit/exec";
import { createStore } from "@bowsprit/store";
import { defaultHome } from "./default-home.ts";
import type { Host } from "./host.ts";
import { createHostEvents } from "./host-events.ts";
import { hostOver } from "./host-over.ts";
import type { HostTools } from "./host-tools.ts";

export interface HostOptions {
  /** Where extensions are kept; the default, also for an empty text (a shell's unset variable), is `BOWSPRIT_HOME`, else the operating system's place for a program's data. */
  readonly home?: string;
  /** What the host may read of the environment; the default is this process's. Children get an allow-listed part of it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The computer to choose executables for; the default is this one. */
  readonly platform?: Platform;
}

/**
 * Creates an extension host on a home folder. Nothing is read, written or started before a call needs it, so a host costs little where
 * it only lists.
 */
export function createHost(options: HostOptions = {}): Host {
  const environment = options.environment ?? process.env;
  const platform = options.platform ?? platformOf(process.platform, process.arch);
  const home = options.home === undefined || options.home === "" ? defaultHome(environment) : resolve(options.home);
  const processes = createProcessTable();
  const store = createStore({ home, processes });
  const events = createHostEvents();
  let opening: Promise<HostTools> | undefined;
  let isClosed = false;
  const open = async (): Promise<HostTools> => {
    if (isClosed) throw new BowspritError(ErrorCode.Aborted, `use the host of ${home}: it was disposed`);
    const { createHostTools } = await import("./host-tools.ts");
    return createHostTools({ store, processes, platform, environment, events });
  };
  return hostOver({
    store,
    platform,
    events,
    opened: () => opening,
    open: () => (opening ??= open()),
    async close() {
      isClosed = true;
      events.close();
      await (await opening?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  });
}
