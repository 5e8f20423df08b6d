import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the archive is made of: 5,000 files, 307 MB, in three layers, as in a base image, its packages and an extension. */
const layers = [
  { name: "1-base", files: 3200, bytes: 180_000_000 },
  { name: "2-packages", files: 1500, bytes: 95_000_000 },
  { name: "3-extension", files: 300, bytes: 32_000_000 },
] as const;

/** Changes with what is made, so that nobody measures an older one. */
const cache = join(import.meta.dirname, ".cache", "layers-1");

/** Bytes that do not repeat within what any of the programs looks at. */
const noise = 1_048_573;

/** The layers of the image as files, as an OCI layout holds them. They are made when they are not there: a minute, 307 MB. */
export function generateLayers(): readonly string[] {
  if (!existsSync(cache)) {
    mkdirSync(dirname(cache), { recursive: true });
    const folder = mkdtempSync(`${cache}-`);
    for (const layer of layers) writeLayer(folder, layer);
    renameSync(folder, cache);
  }
  return readdirSync(cache)
    .toSorted()
    .map((name) => join(cache, name));
}

function writeLayer(folder: string, { name, files, bytes }: (typeof layers)[number]): void {
  const tree = join(folder, name);
  const data = Buffer.alloc(noise);
  let state: number = files;
  for (let at = 0; at < noise; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[at] = state >>> 24;
  }
  // One in ten has half of all bytes: many small files and some large ones, as images have.
  const large = Math.floor(files / 10);
  for (let index = 0; index < files; index += 1) {
    const size = Math.floor(bytes / 2 / (index % 10 === 0 ? large : files - large));
    const place = join(tree, `usr/lib/package-${index % 97}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `file-${index}.js`), sliceOf(data, index * 7919, size));
  }
  const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--format=ustar"];
  execFileSync("tar", ["-cf", `${tree}.tar`, ...same, "-C", tree, "."]);
  rmSync(tree, { recursive: true });
}

function sliceOf(data: Buffer, from: number, size: number): Buffer {
  const start = from % (noise - size);
  return data.subarray(start, start + size);
}
