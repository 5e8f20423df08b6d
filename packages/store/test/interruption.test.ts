import { mkdtempSync } from "node:fs";
import { cp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toExtensionId } from "@bowsprit/core";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { Store } from "../src/index.ts";
import { endChildren, runChild } from "./child-process.ts";
import { openStore } from "./open-store.ts";
import { installSample } from "./sample-extension.ts";
import { useTemporaryFolders } from "./temporary-folder.ts";

const temporaryFolder = useTemporaryFolders();
const sample = toExtensionId("sample");

// So that a hundred children need not be compiled a hundred times.
const cache = { NODE_COMPILE_CACHE: mkdtempSync(join(tmpdir(), "bowsprit-store-cache-")) };

afterEach(endChildren);
afterAll(() => rm(cache.NODE_COMPILE_CACHE, { recursive: true, force: true }));

async function contentOf(store: Store): Promise<string | undefined> {
  const [entry] = await store.list();
  if (entry === undefined) return undefined;
  if (entry.state === "broken") throw entry.error;
  return readFile(join(entry.folder, "root", "content.txt"), "utf8");
}

describe("a writer that is killed at any change of the disk", () => {
  test.each([
    ["install", undefined, "old"],
    ["update", "old", "new"],
    ["repeat", "old", "old"],
    ["remove", "old", undefined],
  ])("during %s leaves what was before or what was to be", { timeout: 30_000 }, async (action, before, after) => {
    const folder = await temporaryFolder();
    const template = join(folder, "template");
    await prepare(template, before);
    const whole = await copyOf(template, join(folder, "whole"));
    const changes = Number((await runChild("dying-writer.ts", [whole, action], cache)).stdout);
    expect(changes).toBeGreaterThan(8);
    const contents = await inGroups(changes, (dieAt) =>
      surviving(template, join(folder, String(dieAt)), { action, dieAt }),
    );
    expect(new Set(contents)).toEqual(new Set([before, after]));
  });

  interface Death {
    readonly action: string;
    readonly dieAt: number;
  }

  async function surviving(template: string, home: string, { action, dieAt }: Death): Promise<string | undefined> {
    await copyOf(template, home);
    const { signal, stderr } = await runChild("dying-writer.ts", [home, action], { ...cache, DIE_AT: String(dieAt) });
    expect({ signal, stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    const store = openStore(home);
    const content = await contentOf(store);
    await using lock = await store.lock({ waitMs: 2000 });
    await store.recover(lock);
    expect(await contentOf(store)).toBe(content);
    const traces = (await readdir(home, { recursive: true })).filter((name) => name !== "home.lock");
    const isStray = (name: string): boolean => content === undefined || /^staging|\.tmp$/u.test(name);
    expect(traces.filter((name) => isStray(name))).toEqual([]);
    await installSample(store, lock, { name: "sample", content: "next", replace: true });
    expect(await contentOf(store)).toBe("next");
    await store.remove(lock, sample);
    expect(await readdir(home)).toEqual(["home.lock"]);
    return content;
  }
});

test("readers see one version or the other, whole, while a writer installs again and again", async () => {
  const store = openStore(join(await temporaryFolder(), "home"));
  await using lock = await store.lock();
  await installSample(store, lock, { name: "sample", content: "0" });
  let isWriting = true;
  const readers = Array.from({ length: 3 }, async () => {
    let reads = 0;
    for (; isWriting; reads += 1) {
      const entries = await store.list();
      expect(entries.map(({ id, state }) => `${id} ${state}`)).toEqual(["sample installed"]);
    }
    return reads;
  });
  for (let times = 1; times <= 30; times += 1) {
    await installSample(store, lock, { name: "sample", content: String(times % 3), replace: true });
  }
  isWriting = false;
  for (const reads of await Promise.all(readers)) expect(reads).toBeGreaterThan(1);
});

async function prepare(home: string, content: string | undefined): Promise<void> {
  const store = openStore(home);
  await using lock = await store.lock();
  if (content !== undefined) {
    await installSample(store, lock, { name: "sample", content, replace: true });
    await store.ensureSocketsFolder(sample);
  }
  await store.recover(lock);
}

async function copyOf(home: string, target: string): Promise<string> {
  expect((await stat(home)).isDirectory()).toBe(true);
  await cp(home, target, { recursive: true, verbatimSymlinks: true });
  return target;
}

async function inGroups<T>(count: number, run: (number: number) => Promise<T>): Promise<readonly T[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1).values();
  const results: T[] = [];
  const work = async (): Promise<void> => {
    for (const number of numbers) results.push(await run(number));
  };
  // All are waited for, so that none writes into a folder that is being removed.
  const workers = await Promise.allSettled(Array.from({ length: 4 }, work));
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  return results;
}
