import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toExtensionId } from "@bowsprit/core";
import { describe, expect, test } from "vitest";
import type { Store } from "../src/index.ts";
import { contentOf, install, openStore, readJson, withLock } from "./open-store.ts";
import { sampleRecord } from "./sample-extension.ts";
import { useTemporaryFolders } from "./temporary-folder.ts";

const temporaryFolder = useTemporaryFolders();
const sample = toExtensionId("sample");
const freshStore = async (): Promise<Store> => openStore(join(await temporaryFolder(), "home"));

describe("a broken entry", () => {
  type Breakage = (folder: string, version: string) => Promise<unknown>;
  const breakages: readonly (readonly [string, Breakage])[] = [
    ["a version that is gone", (folder, version) => rm(join(folder, "versions", version), { recursive: true })],
    ["a record that is gone", (folder, version) => rm(join(folder, "versions", version, "install.json"))],
    [
      "a record that is garbage",
      (folder, version) => writeFile(join(folder, "versions", version, "install.json"), "{"),
    ],
    [
      "a record without its parts",
      (folder, version) => writeFile(join(folder, "versions", version, "install.json"), '{"format":1}'),
    ],
    [
      "a record of a later version",
      (folder, version) => writeFile(join(folder, "versions", version, "install.json"), '{"format":2}'),
    ],
    [
      "a record of another extension",
      (folder, version) =>
        writeFile(join(folder, "versions", version, "install.json"), JSON.stringify(sampleRecord("other", "one"))),
    ],
    ["a link out of the home", (folder) => relink(folder, "/etc")],
    ["a link to nowhere", (folder) => relink(folder, "versions/none")],
    [
      "a file instead of the link",
      async (folder) => {
        await rm(join(folder, "current"));
        await writeFile(join(folder, "current"), "");
      },
    ],
    [
      "a folder instead of the link",
      async (folder) => {
        await rm(join(folder, "current"));
        await mkdir(join(folder, "current", "x"), { recursive: true });
      },
    ],
  ];

  async function relink(folder: string, target: string): Promise<void> {
    await rm(join(folder, "current"));
    await symlink(target, join(folder, "current"));
  }

  test.each(breakages)("with %s is listed as such, can be replaced and can be removed", async (_, breakIt) => {
    const store = await freshStore();
    await install(store, "fine", "fine");
    const folder = join(store.home, "extensions", "sample");
    const breakSample = async (): Promise<void> => {
      const { digest } = await store.get(sample);
      await breakIt(folder, digest.replace(":", "-"));
    };
    await install(store, "one");
    await breakSample();
    const entries = await store.list();
    expect(entries.map(({ id, state }) => `${id} ${state}`)).toEqual(["fine installed", "sample broken"]);
    expect(entries[1]).toMatchObject({ error: { code: "HOME_UNUSABLE", hint: expect.stringContaining(".") } });
    await expect(store.get(sample)).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
    await withLock(store, (lock) => store.recover(lock));
    await install(store, "two");
    expect(await contentOf(store)).toBe("two");
    await breakSample();
    await withLock(store, (lock) => store.remove(lock, sample));
    expect((await store.list()).map(({ id }) => id)).toEqual(["fine"]);
    await withLock(store, (lock) => store.remove(lock, toExtensionId("fine")));
    expect(await readdir(store.home)).toEqual([]);
  });
});

describe("the documents of a home", () => {
  test.each(["", "{", "null", '{"format":1}', '{"format":1,"extensions":{"sample":{"enabled":"yes"}}}', "\0\0\0"])(
    "are made anew from what is installed when they hold %j",
    async (text) => {
      const store = await freshStore();
      await install(store, "one");
      const [wants, digests] = [join(store.home, "extensions.json"), join(store.home, "bowsprit.lock")];
      const before = [await readFile(wants, "utf8"), await readFile(digests, "utf8")];
      for (const file of [wants, digests]) await writeFile(file, text);
      expect(await store.list()).toMatchObject([{ id: "sample", state: "installed", wants: { enabled: true } }]);
      await withLock(store, (lock) => store.recover(lock));
      expect([await readFile(wants, "utf8"), await readFile(digests, "utf8")]).toEqual(before);
    },
  );

  test("are made anew when they are gone, or name what is not installed", async () => {
    const store = await freshStore();
    await install(store, "one");
    const wants = join(store.home, "extensions.json");
    const before = await readFile(wants, "utf8");
    await writeFile(wants, before.replace('"sample"', '"ghost"'));
    await rm(join(store.home, "bowsprit.lock"));
    expect((await store.list()).map(({ id }) => id)).toEqual(["sample"]);
    await withLock(store, (lock) => store.recover(lock));
    expect(await readFile(wants, "utf8")).toBe(before);
    expect(await readJson(store.home, "bowsprit.lock")).toHaveProperty("extensions.sample");
  });

  test("of a later format are neither guessed at nor overwritten", async () => {
    const store = await freshStore();
    await install(store, "one");
    const wants = join(store.home, "extensions.json");
    await writeFile(wants, '{"format":7,"extensions":{}}');
    const failure = { code: "HOME_UNUSABLE", details: { format: 7 } };
    await expect(store.list()).rejects.toMatchObject(failure);
    await expect(install(store, "two")).rejects.toMatchObject(failure);
    await expect(withLock(store, (lock) => store.recover(lock))).rejects.toMatchObject(failure);
    expect(await readFile(wants, "utf8")).toBe('{"format":7,"extensions":{}}');
  });
});

describe("recovery", () => {
  test("sweeps what no current names and touches nothing else", async () => {
    const store = await freshStore();
    await install(store, "one");
    const before = await readdir(store.home, { recursive: true });
    const extensions = join(store.home, "extensions");
    await mkdir(join(extensions, "half", "versions", `sha256-${"a".repeat(64)}`, "root"), { recursive: true });
    await mkdir(join(extensions, "sample", "versions", `sha256-${"b".repeat(64)}`), { recursive: true });
    await mkdir(join(store.home, "staging", "0123456789abcdef".repeat(2), "root"), { recursive: true });
    await writeFile(join(store.home, "staging", "mine"), "a folder of that name may have been here before us");
    await symlink("versions/x", join(extensions, "sample", "current.0123.tmp"));
    await writeFile(join(store.home, "extensions.json.0123.tmp"), "half");
    await store.ensureSocketsFolder(toExtensionId("half"));
    await store.ensureSocketsFolder(sample);
    await withLock(store, (lock) => store.recover(lock));
    const after = await readdir(store.home, { recursive: true });
    const installed = after.filter((name) => !name.startsWith("sockets") && !name.startsWith("staging"));
    expect(installed.toSorted()).toEqual(before.toSorted());
    expect(await readdir(join(store.home, "staging"))).toEqual(["mine"]);
    expect(await readdir(join(store.home, "sockets"))).toEqual(["sample"]);
    expect(await contentOf(store)).toBe("one");
  });
});
