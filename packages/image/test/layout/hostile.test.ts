import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { end, header } from "../tar/tar-archive.ts";
import {
  archiveOf,
  type Blobs,
  digestOf,
  type Fields,
  layoutFiles,
  oci,
  put,
  putImage,
  putIndex,
  writeFiles,
} from "./image-builder.ts";

// Starting a process takes a while on a busy computer; what it does is measured in it.
vi.setConfig({ testTimeout: 60_000 });

let place = "";

beforeEach(async ({ skip }) => {
  const major = Number(process.versions.node.split(".")[0]);
  skip(major < 24, "needs Node 24, which runs the sources as they are");
  place = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-hostile-")));
  await mkdir(join(place, "staging"));
});

afterEach(async () => {
  await rm(place, { recursive: true });
});

interface Outcome {
  readonly code: string;
  readonly message: string;
  /** Of the processor: a busy computer makes nothing slow that is not. */
  readonly ms: number;
  readonly mebibytes: number;
}

async function run(...paths: readonly string[]): Promise<Outcome> {
  const child = join(import.meta.dirname, "hostile-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", child, ...paths]);
  return JSON.parse(stdout) as Outcome;
}

/** The promise for every input: over within two seconds, and never more than 128 MiB above an idle process. */
async function refuses(outcome: Promise<Outcome>, code: string, why: string): Promise<void> {
  const { ms, mebibytes, ...said } = await outcome;
  expect(said).toEqual({ code, message: expect.stringContaining(why) });
  expect(mebibytes).toBeLessThan(128);
  expect(ms).toBeLessThan(2000);
}

function repeat(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}

/** Each becomes a gibibyte. */
const zeros = Buffer.alloc(2 ** 26);
const gzipBomb = repeat(gzipSync(zeros), 16);
const zstdBomb = repeat(zstdCompressSync(zeros), 16);

/** An image with one layer that is stored as these bytes, whatever is promised of what they become. */
function layoutOf(bytes: Buffer, suffix: string): Readonly<Record<string, Buffer>> {
  const blobs: Blobs = new Map();
  const stored = put(blobs, bytes, `${oci}.layer.v1.tar${suffix}`);
  const config = { rootfs: { type: "layers", diff_ids: [digestOf(Buffer.alloc(0))] } };
  return layoutFiles(blobs, [putImage(blobs, { config, manifest: { layers: [stored] } })]);
}

async function layout(files: Readonly<Record<string, Buffer>>): Promise<Outcome> {
  return run(await writeFiles(join(place, "layout"), files));
}

async function archive(bytes: Buffer): Promise<Outcome> {
  await writeFile(join(place, "image.tar"), bytes);
  return run(join(place, "image.tar"), join(place, "staging"));
}

const swells = "more than 200 bytes are made of each of its first";

test("A35 a gzip bomb of 1000:1 as a layer", async () => {
  await refuses(layout(layoutOf(gzipBomb, "+gzip")), "SOURCE_REFUSED", swells);
});

test("A35 a zstd bomb as a layer", async () => {
  await refuses(layout(layoutOf(zstdBomb, "+zstd")), "SOURCE_REFUSED", swells);
});

test("A35 a zstd bomb with the largest window that is admitted", async () => {
  // A frame whose header asks for 64 MiB, and 8,000 blocks of 128 KiB that one byte describes.
  const frame = Buffer.concat([Buffer.from("28b52ffd0080", "hex"), repeat(Buffer.from("02001000", "hex"), 8000)]);
  await refuses(layout(layoutOf(frame, "+zstd")), "SOURCE_REFUSED", swells);
});

test("A36 a bomb as an archive, and a bomb in a bomb", async () => {
  await refuses(archive(gzipBomb), "SOURCE_REFUSED", swells);
  await refuses(archive(zstdBomb), "SOURCE_REFUSED", swells);
  const inner = archiveOf(layoutOf(gzipBomb, "+gzip"));
  await refuses(archive(zstdCompressSync(inner)), "SOURCE_REFUSED", swells);
  await refuses(archive(gzipSync(gzipBomb)), "SOURCE_REFUSED", "open the archive");
});

test("A37 A40 an archive with an entry that says it is 8 GiB or more", async () => {
  const entry = header({ name: "index.json", size: "77777777777\0" });
  await refuses(archive(Buffer.concat([entry, end])), "SOURCE_REFUSED", "open the archive");
});

test("A53 an index of 10,000 images, and one of a million values", async () => {
  const entry = {
    mediaType: `${oci}.manifest.v1+json`,
    digest: digestOf(end),
    size: 1,
    platform: { os: "a", architecture: "b" },
  };
  const blobs: Blobs = new Map();
  const index = putIndex(
    blobs,
    Array.from({ length: 10_000 }, () => entry),
  );
  await refuses(layout(layoutFiles(blobs, [index])), "SOURCE_REFUSED", "10000 entries, more than the limit of 1024");
  const top = { "oci-layout": Buffer.from('{"imageLayoutVersion":"1.0.0"}') };
  const values = Buffer.from(`{"manifests":[${"{},".repeat(1_000_000)}{}]}`);
  await refuses(layout({ ...top, "index.json": values }), "MESSAGE_TOO_LARGE", "more than 200000 values");
  const keys = Array.from({ length: 65_000 }, (_, at) => `"k${at}":{}`).join(",");
  await refuses(layout({ ...top, "index.json": Buffer.from(`{${keys}}`) }), "SOURCE_REFUSED", "schemaVersion");
});

test("A56 a configuration of 4 MiB, most of it one label", async () => {
  const blobs: Blobs = new Map();
  const config: Fields = { config: { Labels: { a: "<".repeat(2_000_000), b: '"'.repeat(180_000) } } };
  const { ms, mebibytes, code } = await layout(layoutFiles(blobs, [putImage(blobs, { config })]));
  expect(code).toBe("read");
  expect(mebibytes).toBeLessThan(128);
  expect(ms).toBeLessThan(2000);
});
