import { setTimeout as delay } from "node:timers/promises";
import { BowspritError, ErrorCode, type ProcessTable } from "@bowsprit/core";
import { homeError } from "./home-error.ts";
import type { HomeLayout } from "./home-layout.ts";
import { createLockFile, type LockFile, type LockHolder } from "./lock-file.ts";
import { ensureHome } from "./private-folder.ts";
import type { HomeLock, LockOptions } from "./store.ts";

const pollMs = 25;
const defaultWaitMs = 10_000;

/** A held lock, and whether it still is held: a writer asks before it writes. */
export interface HeldLock extends HomeLock {
  readonly held: boolean;
}

/** Takes the lock of a home, creating the home when it is not there. See {@link Store.lock}. */
export async function acquireHomeLock(
  layout: HomeLayout,
  processes: ProcessTable,
  options: LockOptions,
): Promise<HeldLock> {
  const { waitMs = defaultWaitMs, signal } = options;
  const attempt = `lock ${layout.home}`;
  await ensureHome(layout.home);
  const file = createLockFile(layout.lockFile, processes);
  const deadline = performance.now() + waitMs;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const holder = await file.attempt();
      if (holder === undefined) break;
      if (performance.now() >= deadline) throw lockedError(attempt, holder);
      await delay(pollMs, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    if (signal?.aborted === true)
      throw new BowspritError(ErrorCode.Aborted, `${attempt}: aborted`, { cause: signal.reason });
    throw homeError(error, attempt);
  }
  const lock = holdLock(layout, file);
  try {
    await file.sweep();
    return lock;
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw homeError(error, attempt);
  }
}

function holdLock(layout: HomeLayout, file: LockFile): HeldLock {
  let held = true;
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    try {
      await file.release();
    } catch (error) {
      throw homeError(error, `unlock ${layout.home}`);
    }
  };
  return {
    home: layout.home,
    get held() {
      return held;
    },
    [Symbol.asyncDispose]() {
      held = false;
      return (released ??= release());
    },
  };
}

function lockedError(attempt: string, holder: LockHolder): BowspritError {
  return new BowspritError(ErrorCode.HomeLocked, `${attempt}: process ${holder.pid} holds it since ${holder.since}`, {
    details: { pid: holder.pid },
    hint: "Wait until the other command has ended, or end that process if it hangs.",
  });
}
