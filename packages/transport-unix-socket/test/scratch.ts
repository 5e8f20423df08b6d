import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";

export interface Scratch {
  /** A fresh folder, gone after the test. */
  readonly folder: string;
  /** Runs after the test, last one first. */
  onEnd(cleanUp: () => unknown): void;
}

/** Gives each test of a file a folder of its own, and fails a test that leaves a file descriptor open. */
export function useScratch(): Scratch {
  let folder = "";
  let cleanUps: (() => unknown)[] = [];
  let openBefore: readonly string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bowsprit-unix-"));
    openBefore = await openFiles();
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
    cleanUps = [];
    await rm(folder, { recursive: true, force: true });
    await expect.poll(async () => (await openFiles()).length, { timeout: 2000 }).toBeLessThanOrEqual(openBefore.length);
  });
  return {
    get folder() {
      return folder;
    },
    onEnd: (cleanUp) => void cleanUps.push(cleanUp),
  };
}

async function openFiles(): Promise<readonly string[]> {
  return process.platform === "linux" ? await readdir("/proc/self/fd") : [];
}
