import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ExtensionId, type OperatingSystem, toExtensionId } from "@bowsprit/core";
import { describe, expect, test } from "vitest";
import { createStore, type Staging, type Store } from "../src/index.ts";
import { contentOf, install, openStore, readJson, withLock } from "./open-store.ts";
import { createTestProcessTable } from "./process-table.ts";
import { installSample, sampleRecord } from "./sample-extension.ts";
import { useTemporaryFolders } from "./temporary-folder.ts";

const temporaryFolder = useTemporaryFolders();
const sample = toExtensionId("sample");

const freshStore = async (os?: OperatingSystem): Promise<Store> => openStore(join(await temporaryFolder(), "home"), os);

const modeOf = async (...path: readonly string[]): Promise<string> =>
  ((await stat(join(...path))).mode & 0o777).toString(8);

const disposable = (staging: Staging): Staging & AsyncDisposable => ({
  ...staging,
  [Symbol.asyncDispose]: () => staging.discard(),
});

describe("reading a home", () => {
  test("that is not there finds nothing and creates nothing", async () => {
    const store = await freshStore();
    expect(await store.list()).toEqual([]);
    await expect(store.get(sample)).rejects.toMatchObject({ code: "EXTENSION_NOT_FOUND", details: { id: "sample" } });
    await expect(stat(store.home)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("refuses a relative home and what is no id", async () => {
    expect(() => createStore({ home: "home", processes: createTestProcessTable() })).toThrow(TypeError);
    const store = await freshStore();
    expect(() => store.socketsFolder("../../etc" as ExtensionId)).toThrow(TypeError);
    await expect(store.get("../x" as ExtensionId)).rejects.toThrow(TypeError);
  });
});

describe("an installed extension", () => {
  test("lies where the layout says, readable by its owner alone", async () => {
    const store = await freshStore();
    await install(store, "one");
    const { digest } = sampleRecord("sample", "one");
    const version = digest.replace(":", "-");
    expect((await readdir(store.home)).toSorted()).toEqual(["bowsprit.lock", "extensions", "extensions.json"]);
    const folder = join(store.home, "extensions", "sample");
    expect((await readdir(folder)).toSorted()).toEqual(["current", "versions"]);
    expect(await readlink(join(folder, "current"))).toBe(`versions/${version}`);
    expect((await readdir(join(folder, "versions", version))).toSorted()).toEqual(["host", "install.json", "root"]);
    expect(await modeOf(store.home)).toBe("700");
    expect(await modeOf(folder, "versions", version)).toBe("700");
    expect(await modeOf(folder, "versions", version, "install.json")).toBe("600");
    expect(await modeOf(store.home, "extensions.json")).toBe("600");
    expect(await readJson(store.home, "bowsprit.lock")).toEqual({ format: 1, extensions: { sample: { digest } } });
    expect(await readJson(store.home, "extensions.json")).toEqual({
      format: 1,
      extensions: {
        sample: {
          source: { kind: "folder", path: "/src/sample" },
          engine: null,
          enabled: true,
          installedAt: "2026-01-02T03:04:05.000Z",
        },
      },
    });
  });

  test("is found by list and get with its record and what is wanted of it", async () => {
    const store = await freshStore();
    await install(store, "b", "two");
    await install(store, "a", "one");
    const entries = await store.list();
    expect(entries.map(({ id, state }) => `${id} ${state}`)).toEqual(["one installed", "two installed"]);
    expect(await store.get(toExtensionId("two"))).toEqual(entries[1]);
    expect(entries[1]).toMatchObject({ record: sampleRecord("two", "b"), digest: sampleRecord("two", "b").digest });
    expect(await contentOf(store, "two")).toBe("b");
  });

  test("is not replaced unasked, and whole when asked", async () => {
    const store = await freshStore();
    await install(store, "one");
    const again = withLock(store, (lock) => installSample(store, lock, { name: "sample", content: "two" }));
    await expect(again).rejects.toMatchObject({ code: "EXTENSION_EXISTS", details: { id: "sample" } });
    expect(await contentOf(store)).toBe("one");
    await install(store, "two");
    expect(await contentOf(store)).toBe("two");
    expect(await readdir(join(store.home, "extensions", "sample", "versions"))).toHaveLength(1);
  });

  test("is replaced by the same version as often as one likes, which repairs its files", async () => {
    const store = await freshStore();
    for (let times = 0; times < 3; times += 1) {
      await install(store, "one");
      expect(await contentOf(store)).toBe("one");
      await writeFile(join((await store.get(sample)).folder, "root", "content.txt"), "spoilt");
    }
    expect(await readdir(join(store.home, "extensions", "sample", "versions"))).toHaveLength(1);
    expect((await store.get(sample)).digest).toBe(sampleRecord("sample", "one").digest);
  });

  test("stays as it was when a new version cannot be written", async () => {
    const store = await freshStore();
    await install(store, "one");
    const before = await readdir(store.home, { recursive: true });
    await withLock(store, async (lock) => {
      await using staging = disposable(await store.stage(lock));
      await mkdir(join(staging.folder, "install.json"));
      const commit = store.commit(lock, staging, { record: sampleRecord("sample", "two"), replace: true });
      await expect(commit).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
    });
    expect(await contentOf(store)).toBe("one");
    expect(await readdir(store.home, { recursive: true })).toEqual(before);
  });

  test("keeps what is wanted of it over a new version", async () => {
    const store = await freshStore();
    await install(store, "one");
    const changed = await withLock(store, (lock) => store.configure(lock, sample, { enabled: false }));
    expect(changed.wants.enabled).toBe(false);
    await install(store, "two");
    expect((await store.get(sample)).wants.enabled).toBe(false);
    await withLock(store, (lock) => store.configure(lock, sample, { enabled: true, engine: "local" }));
    expect((await store.get(sample)).wants).toMatchObject({ enabled: true, engine: "local" });
  });

  test("is named by a file where links are not for everyone", async () => {
    const store = await freshStore("windows");
    await install(store, "one");
    const current = join(store.home, "extensions", "sample", "current");
    expect((await lstat(current)).isFile()).toBe(true);
    expect(await readFile(current, "utf8")).toBe(
      `versions/${sampleRecord("sample", "one").digest.replace(":", "-")}\n`,
    );
    await install(store, "two");
    expect(await contentOf(store)).toBe("two");
    await withLock(store, (lock) => store.remove(lock, sample));
    expect(await readdir(store.home)).toEqual([]);
  });

  test("is never written without the lock of this store", async () => {
    const store = await freshStore();
    const other = await freshStore();
    const lock = await store.lock();
    await expect(other.stage(lock)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await lock[Symbol.asyncDispose]();
    await expect(store.stage(lock)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

describe("removing", () => {
  test("leaves an empty home after the last extension", async () => {
    const store = await freshStore();
    await install(store, "a", "one");
    await install(store, "b", "two");
    for (const name of ["one", "two"]) {
      const id = toExtensionId(name);
      await writeFile(join(await store.ensureSocketsFolder(id), "x"), "");
      await mkdir(join(store.home, "logs"), { recursive: true });
      await store.ensureRunFolder();
      await withLock(store, (lock) => store.remove(lock, id));
    }
    expect(await readdir(store.home)).toEqual([]);
    expect(await store.list()).toEqual([]);
  });

  test("leaves logs alone, which are somebody else's, whatever their folder is called", async () => {
    const store = await freshStore();
    await install(store, "one");
    const logs = join(store.home, "logs", sample);
    await mkdir(logs, { recursive: true });
    await writeFile(join(logs, "service.log"), "line\n");
    await withLock(store, (lock) => store.remove(lock, sample));
    expect(await readdir(store.home)).toEqual(["logs"]);
    expect(await readdir(logs)).toEqual(["service.log"]);
  });

  test("tells when there is nothing to remove", async () => {
    const store = await freshStore();
    const removal = withLock(store, (lock) => store.remove(lock, sample));
    await expect(removal).rejects.toMatchObject({ code: "EXTENSION_NOT_FOUND" });
    expect(await readdir(store.home)).toEqual([]);
  });
});

describe("the folders that others write to", () => {
  test("let any user make a socket, inside folders closed to all but the owner, whatever the umask", async () => {
    const store = await freshStore();
    const umask = process.umask(0o077);
    try {
      const folder = await store.ensureSocketsFolder(sample);
      expect(folder).toBe(join(store.home, "sockets", "sample", "guest"));
      expect(await modeOf(folder)).toBe("777");
    } finally {
      process.umask(umask);
    }
    for (const path of ["sockets", "sockets/sample"]) expect(await modeOf(store.home, path)).toBe("700");
    await chmod(join(store.home, "sockets"), 0o755);
    await store.ensureSocketsFolder(sample);
    expect(await modeOf(store.home, "sockets")).toBe("700");
    expect(await modeOf(await store.ensureRunFolder())).toBe("700");
  });

  test("are refused when a link stands in their place", async () => {
    const store = await freshStore();
    await mkdir(store.home);
    const elsewhere = await mkdtemp(join(await temporaryFolder(), "elsewhere-"));
    await symlink(elsewhere, join(store.home, "sockets"));
    await expect(store.ensureSocketsFolder(sample)).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
    expect(await readdir(elsewhere)).toEqual([]);
  });
});
