import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { endChildren, nextLine, runChild, startChild } from "./child-process.ts";
import { openStore } from "./open-store.ts";
import { createTestProcessTable } from "./process-table.ts";
import { useTemporaryFolders } from "./temporary-folder.ts";

const temporaryFolder = useTemporaryFolders();

afterEach(endChildren);

describe("the lock of a home", () => {
  test("creates the home for its owner alone and leaves an empty folder when it is given back", async () => {
    const home = join(await temporaryFolder(), "a", "home");
    {
      await using lock = await openStore(home).lock();
      expect(lock.home).toBe(home);
      expect(await readdir(home)).toEqual(["home.lock"]);
    }
    expect(await readdir(home)).toEqual([]);
  });

  test("excludes a second call on the same store, and lets it in when the first is given back", async () => {
    const store = openStore(await temporaryFolder());
    const first = await store.lock();
    await expect(store.lock({ waitMs: 60 })).rejects.toMatchObject({
      code: "HOME_LOCKED",
      details: { pid: process.pid },
    });
    const second = store.lock();
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
  });

  test("is free once any of several disposals has ended", async () => {
    const home = await temporaryFolder();
    const lock = await openStore(home).lock();
    const first = lock[Symbol.asyncDispose]();
    await lock[Symbol.asyncDispose]();
    expect(await readdir(home)).toEqual([]);
    await first;
  });

  test("names the process that holds it", async () => {
    const home = await temporaryFolder();
    const holder = startChild("lock-holder.ts", [home]);
    expect(await nextLine(holder)).toBe("held");
    const locked = openStore(home).lock({ waitMs: 0 });
    await expect(locked).rejects.toMatchObject({ code: "HOME_LOCKED", details: { pid: holder.pid } });
    await expect(locked).rejects.toHaveProperty("hint", expect.stringContaining("."));
  });

  test("is taken over from a holder that was killed", async () => {
    const home = await temporaryFolder();
    const holder = startChild("lock-holder.ts", [home]);
    await nextLine(holder);
    const waiting = openStore(home).lock();
    holder.kill("SIGKILL");
    await once(holder, "close");
    await (await waiting)[Symbol.asyncDispose]();
    expect(await readdir(home)).toEqual([]);
  });

  test.each(["", "{", '{"pid": 1}', "\0\0\0\0"])("is taken over from a file that holds %j", async (text) => {
    const home = await temporaryFolder();
    await writeFile(join(home, "home.lock"), text);
    await using lock = await openStore(home).lock({ waitMs: 1000 });
    expect(lock.home).toBe(home);
    expect(await readdir(home)).toEqual(["home.lock"]);
  });

  test("is never taken from a later process that was given a dead one's id", async () => {
    const home = await temporaryFolder();
    const token = "0123456789abcdef0123456789abcdef";
    await writeFile(
      join(home, "home.lock"),
      JSON.stringify({ pid: process.pid, started: "an earlier life", token, since: "" }),
    );
    await using lock = await openStore(home).lock({ waitMs: 1000 });
    expect(lock.home).toBe(home);
  });

  test("waits while a live process succeeds a dead holder, and succeeds one that died while it did", async () => {
    const home = await temporaryFolder();
    const [dead, claimant] = ["a".repeat(32), "b".repeat(32)];
    const write = (name: string, holder: object): Promise<void> =>
      writeFile(join(home, name), JSON.stringify({ since: "", ...holder }));
    await write("home.lock", { pid: process.pid, started: "an earlier life", token: dead });
    await write(`home.lock.${dead}.claim`, { ...createTestProcessTable().self(), token: claimant });
    await expect(openStore(home).lock({ waitMs: 60 })).rejects.toMatchObject({ code: "HOME_LOCKED" });
    await write(`home.lock.${dead}.claim`, { pid: process.pid, started: "an earlier life", token: claimant });
    {
      await using lock = await openStore(home).lock({ waitMs: 1000 });
      expect(lock.home).toBe(home);
    }
    expect(await readdir(home)).toEqual([]);
  });

  test("ends with ABORTED when the signal fires while it waits", async () => {
    const store = openStore(await temporaryFolder());
    await using held = await store.lock();
    const controller = new AbortController();
    const waiting = store.lock({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
    expect(held.home).toBe(store.home);
  });

  test(
    "loses no update of several processes, one of which is killed again and again",
    { timeout: 20_000 },
    async () => {
      const home = await temporaryFolder();
      const counter = join(await temporaryFolder(), "counter");
      await writeFile(counter, "0");
      let ended = false;
      const killing = (async () => {
        while (!ended) {
          const holder = startChild("lock-holder.ts", [home]);
          await Promise.race([nextLine(holder).catch(() => ""), once(holder, "close")]);
          holder.kill("SIGKILL");
          await once(holder, "close").catch(() => undefined);
        }
      })();
      const runs = await Promise.all(
        Array.from({ length: 5 }, () => runChild("counting-writer.ts", [home, counter, "25"])),
      );
      ended = true;
      await endChildren();
      await killing;
      expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(runs.map(() => ({ code: 0, stderr: "" })));
      expect(await readFile(counter, "utf8")).toBe("125");
      await using lock = await openStore(home).lock();
      expect(await readdir(lock.home)).toEqual(["home.lock"]);
    },
  );

  test("tells that a home cannot be written", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    await mkdir(join(folder, "taken", "home.lock"), { recursive: true });
    for (const home of [join(folder, "file"), join(folder, "file", "home"), join(folder, "taken"), "/proc/self/home"]) {
      await expect(openStore(home).lock({ waitMs: 0 })).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
    }
  });
});
