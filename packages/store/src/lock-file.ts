import { link, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ProcessIdentity, ProcessTable } from "@bowsprit/core";
import { unfinishedEnding } from "./durable-files.ts";
import { hasErrno } from "./home-error.ts";
import { randomName } from "./random-name.ts";

/** Who holds a lock file. The token is new for every holding, so that one is told from a later one of the same process. */
export interface LockHolder extends ProcessIdentity {
  readonly token: string;
  /** ISO 8601 in UTC, for people. */
  readonly since: string;
}

/**
 * A file that exists while someone holds it, made by `link()` and thus never seen half written.
 *
 * A dead holder's file may be removed by one process only: the one that holds the *claim* on the dead token, a file made in the same
 * way. A claim is on one token for ever, tokens do not return, and so a late claimant finds another token in the lock and lets go. A
 * claimant that died is succeeded by the claimant of its own token. Claims are swept by whoever holds the lock next.
 */
export interface LockFile {
  /** One attempt: undefined when the lock is ours now, else the holder that is alive or being succeeded. */
  attempt(): Promise<LockHolder | undefined>;
  /** Removes the file if it is ours. */
  release(): Promise<void>;
  /** Removes the claims and unfinished files of dead processes. Only for the holder. */
  sweep(): Promise<void>;
}

export function createLockFile(path: string, processes: ProcessTable): LockFile {
  const me: LockHolder = {
    ...processes.self(),
    token: randomName(16),
    since: new Date().toISOString(),
  };
  const isAlive = (holder: LockHolder): boolean => holder.pid > 0 && processes.isAlive(holder);
  const claimOn = (token: string): string => `${path}.${token}.claim`;

  const mayRemove = async (token: string): Promise<boolean> => {
    if (await create(claimOn(token), me)) return true;
    const claimant = await readHolder(claimOn(token));
    if (claimant === undefined) return false;
    return claimant.token === me.token || (!isAlive(claimant) && (await mayRemove(claimant.token)));
  };

  const remove = async (token: string): Promise<void> => {
    try {
      if ((await readHolder(path))?.token === token) await rm(path, { force: true });
    } catch (error) {
      await rm(claimOn(token), { force: true });
      throw error;
    }
  };

  return {
    async attempt() {
      const holder = await readHolder(path);
      if (holder !== undefined) {
        if (isAlive(holder) || !(await mayRemove(holder.token))) return holder;
        await remove(holder.token);
      }
      return (await create(path, me)) ? undefined : ((await readHolder(path)) ?? me);
    },
    async release() {
      if ((await readHolder(path))?.token === me.token) await rm(path, { force: true });
    },
    async sweep() {
      for (const name of await readdir(dirname(path))) {
        if (!name.startsWith(`${basename(path)}.`)) continue;
        const file = join(dirname(path), name);
        const claimant = name.endsWith(".claim") ? await readHolder(file) : writerOf(name);
        if (claimant === undefined || claimant.token === me.token || !isAlive(claimant))
          await rm(file, { force: true });
      }
    },
  };
}

async function create(path: string, holder: LockHolder): Promise<boolean> {
  const unfinished = `${path}.${holder.token}.${holder.pid}${unfinishedEnding}`;
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify(holder));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (hasErrno(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

// An unfinished file may be half written, so its writer is known by the name alone.
function writerOf(name: string): LockHolder | undefined {
  const [, token = "", pid = ""] = /\.([0-9a-f]{32})\.(\d+)\.tmp$/u.exec(name) ?? [];
  return pid === "" ? undefined : { pid: Number(pid), started: null, token, since: "" };
}

// Nobody alive writes what cannot be read: such a file stands for a dead holder, with a token of its own.
async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    const text = await readFile(path, "utf8");
    const { ino, ctimeMs } = await stat(path);
    return parseHolder(text) ?? { pid: 0, started: null, token: `unreadable-${ino}-${ctimeMs}`, since: "" };
  } catch (error) {
    if (hasErrno(error, "ENOENT")) return undefined;
    throw error;
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, started, token, since } = JSON.parse(text) as Partial<Record<keyof LockHolder, unknown>>;
    if (typeof pid !== "number" || typeof token !== "string" || !/^[0-9a-f]{32}$/u.test(token)) return undefined;
    return {
      pid,
      started: typeof started === "string" ? started : null,
      token,
      since: typeof since === "string" ? since : "",
    };
  } catch {
    return undefined;
  }
}
