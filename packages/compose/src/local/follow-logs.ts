import { type FSWatcher, watch } from "node:fs";
import type { LogLine, LogOptions } from "@bowsprit/core";
import { createLogReader } from "./log-reader.ts";

export interface LogSource {
  /** The folder of the project's logs. */
  readonly folder: string;
  /** The folder where `isUp` looks. */
  readonly stateFolder: string;
  /** False, too, when nobody is left who would write. */
  isUp(): boolean;
}

/** How late a line may come where the system's watching misses a change, in milliseconds. */
const pollMs = 1000;

/**
 * The lines of a project, and with `follow` those to come, until the signal fires, the project is down or its host has died. Lines that were removed before
 * a slow reader came to them are lost; the rest comes in order.
 */
export async function* followLogs(source: LogSource, options: LogOptions): AsyncGenerator<LogLine, void, undefined> {
  const { follow = false, tail, since, service, signal } = options;
  const reader = createLogReader(source.folder, service);
  using changes = watchFolders(follow ? [source.folder, source.stateFolder] : [], signal);
  const from = since?.toISOString() ?? "";
  const wanted = (lines: readonly LogLine[]): readonly LogLine[] => lines.filter(({ time }) => time >= from);

  const kept = wanted(await reader.read());
  yield* tail === undefined ? kept : kept.slice(Math.max(0, kept.length - tail));
  while (follow && signal?.aborted !== true) {
    const wasUp = source.isUp();
    yield* wanted(await reader.read());
    if (!wasUp) return;
    await changes.next();
  }
}

interface FolderChanges extends Disposable {
  /** Resolves at the next change, or after a second. */
  next(): Promise<void>;
}

function watchFolders(folders: readonly string[], signal: AbortSignal | undefined): FolderChanges {
  let changed = false;
  let wake: (() => void) | undefined;
  const onChange = (): void => {
    changed = true;
    wake?.();
  };
  const watchers = folders.flatMap((folder) => tryWatch(folder, onChange));
  signal?.addEventListener("abort", onChange);
  return {
    async next() {
      if (!changed) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const timer = setTimeout(resolve, pollMs);
        await promise;
        clearTimeout(timer);
      }
      changed = false;
    },
    [Symbol.dispose]() {
      signal?.removeEventListener("abort", onChange);
      for (const watcher of watchers) watcher.close();
    },
  };
}

// The system may have no watches left, or the folder may not be there; the timer does for both.
function tryWatch(folder: string, onChange: () => void): readonly FSWatcher[] {
  try {
    return [watch(folder, onChange).on("error", () => {})];
  } catch {
    return [];
  }
}
