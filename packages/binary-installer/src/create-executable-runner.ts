import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { type ProcessOptions, type RunningProcess, startProcess } from "@bowsprit/exec";
import type { InstalledExecutable } from "./adopt-executables.ts";

export interface StartOptions extends Omit<ProcessOptions, "argv"> {
  readonly executable: InstalledExecutable;
  /** The folder that the executable's path is relative to, an absolute path. */
  readonly folder: string;
  /** Reach it verbatim. */
  readonly args: readonly string[];
}

/** Starts installed executables, and knows which of them it has seen unchanged. */
export interface ExecutableRunner {
  /**
   * Compares the file with the digest it was installed with, then starts it as `startProcess` does. The comparison reads the file once
   * and again whenever its inode, size or times have changed.
   * @throws BowspritError `DIGEST_MISMATCH`, `EXECUTABLE_NOT_FOUND`, `EXECUTABLE_NOT_RUNNABLE`, `INVALID_ARGUMENT`, `ABORTED`.
   */
  start(options: StartOptions): Promise<RunningProcess>;
}

/** Creates a runner; it holds nothing that would have to be closed. */
export function createExecutableRunner(): ExecutableRunner {
  const seen = new Map<string, string>();
  return {
    async start({ executable, folder, args, ...options }) {
      const path = join(folder, executable.path);
      await verify(path, executable, seen);
      return startProcess({ ...options, argv: [path, ...args] });
    },
  };
}

async function verify(path: string, { name, sha256 }: InstalledExecutable, seen: Map<string, string>): Promise<void> {
  const attempt = `start ${name}`;
  const codes = { ENOENT: ErrorCode.ExecutableNotFound, EACCES: ErrorCode.ExecutableNotRunnable };
  const file = await open(path, "r").catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes, hint: "Install the extension again: its files were changed." });
  });
  try {
    const state = describe(await file.stat({ bigint: true }), sha256);
    if (seen.get(path) === state) return;
    const hash = createHash("sha256");
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }))
      hash.update(chunk);
    if (hash.digest("hex") !== sha256) {
      throw new BowspritError(ErrorCode.DigestMismatch, `${attempt}: the file is not the one that was installed`, {
        details: { path },
        hint: "Find out what changed it, then install the extension again.",
      });
    }
    seen.set(path, state);
  } finally {
    await file.close();
  }
}

function describe({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats, sha256: string): string {
  return [dev, ino, size, mtimeNs, ctimeNs, sha256].join(":");
}
