import { execFileSync } from "node:child_process";
import { linkSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import type { TarEntryKind } from "../../src/tar/tar-entry.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What a program must say of one file of a tree. Names are binary strings. */
export interface PlantedEntry {
  readonly path: string;
  readonly kind: TarEntryKind;
  readonly mode: number;
  readonly link: string;
  readonly data: string;
}

/** Bytes around the seams of blocks and records, and some in between. */
const sizes = [0, 1, 5, 511, 512, 513, 1023, 1024, 1025, 4096, 10_239, 10_240, 12_345] as const;

/** Lengths of names around what a field, a prefix and a record's length hold. */
const nameLengths = [1, 2, 7, 30, 84, 85, 86, 97, 98, 99, 100, 101, 155, 156, 200, 253] as const;

/**
 * Makes files of all kinds in a fresh folder, and lists them in an order in which they can be made. `isShort` keeps names to what ustar can
 * hold.
 */
export function plantTree(folder: string, random: SeededRandom, isShort: boolean): readonly PlantedEntry[] {
  const folders = [""];
  const files: string[] = [];
  const planted = new Map<string, PlantedEntry>();
  for (let count = 0; count < 40; count += 1) {
    const path = `${folders[random.below(folders.length)] ?? ""}${nameOf(random, isShort ? 8 : random.pick(nameLengths))}`;
    if (planted.has(path) || planted.has(`${path}/`)) continue;
    const at = Buffer.from(`${folder}/${path}`, "latin1");
    switch (random.below(7)) {
      case 0:
        mkdirSync(at);
        folders.push(`${path}/`);
        planted.set(`${path}/`, describe(at, { path: `${path}/`, kind: "folder" }));
        break;
      case 1: {
        const link = nameOf(random, isShort ? 90 : random.pick([1, 99, 100, 101, 300, 1000]));
        symlinkSync(Buffer.from(link, "latin1"), at);
        planted.set(path, describe(at, { path, kind: "symlink" }));
        break;
      }
      case 2: {
        const link = files[random.below(files.length)];
        if (link === undefined) break;
        linkSync(Buffer.from(`${folder}/${link}`, "latin1"), at);
        planted.set(path, { ...describe(at, { path, kind: "hardlink" }), link, data: "" });
        break;
      }
      case 3:
        if (!random.isTrue(0.2)) break;
        execFileSync("mkfifo", [`${folder}/pipe${count}`]);
        planted.set(`pipe${count}`, describe(`${folder}/pipe${count}`, { path: `pipe${count}`, kind: "fifo" }));
        break;
      default:
        writeFileSync(at, dataOf(random), { mode: random.pick([0o644, 0o755, 0o600, 0o444]) });
        files.push(path);
        planted.set(path, describe(at, { path, kind: "file" }));
    }
  }
  return [...planted.values()];
}

function describe(at: Buffer | string, known: { readonly path: string; readonly kind: TarEntryKind }): PlantedEntry {
  const { kind } = known;
  return {
    ...known,
    mode: lstatSync(at).mode & 0o7777,
    link: kind === "symlink" ? readlinkSync(at, "latin1") : "",
    data: kind === "file" ? readFileSync(at, "latin1") : "",
  };
}

/** Bytes that no name in a list of ours must hold are left out: NUL, a line break, a slash. */
function nameOf(random: SeededRandom, length: number): string {
  const odd = random.isTrue(0.3);
  const letter = (): number => (odd ? 0x80 + random.below(0x80) : 0x61 + random.below(26));
  return Buffer.from(Array.from({ length }, letter)).toString("latin1");
}

function dataOf(random: SeededRandom): Buffer {
  return Buffer.from(Array.from({ length: random.pick(sizes) }, () => random.below(256)));
}
