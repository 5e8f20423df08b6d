import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantTree, type PlantedEntry } from "./plant-tree.ts";
import { readArchive } from "./read-archive.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";

const formats = ["pax", "gnu", "ustar"] as const;
const patience = 60_000;
const isLinux = process.platform === "linux";
const version = isLinux ? spawnSync("tar", ["--version"], { encoding: "utf8" }).stdout : "";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "bowsprit-tar-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Sample {
  readonly planted: readonly PlantedEntry[];
  readonly archive: Buffer;
}

function packTree(seed: number, format: string): Sample {
  const folder = join(root, `${format}-${seed}`);
  mkdirSync(folder);
  const random = createSeededRandom(seed);
  const planted = plantTree(folder, random, format === "ustar");
  const [list, file] = [`${folder}.list`, `${folder}.tar`];
  writeFileSync(list, planted.map(({ path }) => `${path}\0`).join(""), "latin1");
  const blocking = random.pick(["1", "20"]);
  const names = ["--no-recursion", "--null", "--verbatim-files-from", "-T", list];
  execFileSync("tar", ["-cf", file, `--format=${format}`, "-b", blocking, "-C", folder, ...names]);
  return { planted, archive: readFileSync(file) };
}

function randomCut(random: SeededRandom): () => number {
  return () => 1 + random.below(random.isTrue(0.5) ? 700 : 9000);
}

describe.skipIf(!version.includes("GNU tar"))("an archive of GNU tar (skipped without one)", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const cases = formats.flatMap((format) => seeds.map((seed) => ({ format, seed })));

  it.each(cases)("of the format $format is read as the tree that it was made of, seed $seed", ({ format, seed }) => {
    const { planted, archive } = packTree(seed, format);
    const read = readArchive(archive);
    expect(read.map(({ path, kind, mode, link, data }) => ({ path, kind, mode, link, data }))).toEqual(planted);
    expect(read.map(({ ordinal }) => ordinal)).toEqual(read.map((_, index) => index));
    for (const { offset, size, data } of read) expect(archive.toString("latin1", offset, offset + size)).toBe(data);
  });

  it.each(formats)("of the format %s is read alike however it is cut", { timeout: patience }, (format) => {
    const { archive } = packTree(100, format);
    const whole = readArchive(archive);
    const isAlike = (cut: () => number): boolean => isDeepStrictEqual(readArchive(archive, { cut }), whole);
    const others: number[] = [];
    for (let bytes = 1; bytes <= 1025; bytes += 1) if (!isAlike(() => bytes)) others.push(bytes);
    expect(others).toEqual([]);
    const random = createSeededRandom(100);
    for (let times = 0; times < 100; times += 1) expect(isAlike(randomCut(random))).toBe(true);
  });

  it.each(formats)("of the format %s tells of devices", (format) => {
    const file = join(root, `${format}-devices.tar`);
    execFileSync("tar", ["-cf", file, `--format=${format}`, "-C", "/dev", "null", "zero"]);
    const read = readArchive(readFileSync(file));
    expect(read.map(({ path, kind, size }) => ({ path, kind, size }))).toEqual([
      { path: "null", kind: "device", size: 0 },
      { path: "zero", kind: "device", size: 0 },
    ]);
  });

  it.each(["pax", "gnu"])("of the format %s is refused for a file with holes", (format) => {
    const folder = join(root, `${format}-holes`);
    mkdirSync(folder);
    writeFileSync(join(folder, "holes"), "");
    truncateSync(join(folder, "holes"), 1024 ** 4);
    execFileSync("tar", ["-cSf", `${folder}.tar`, `--format=${format}`, "-C", folder, "holes"]);
    expect(() => readArchive(readFileSync(`${folder}.tar`))).toThrow(/not a tar archive at byte \d+: a sparse file$/u);
  });
});
