import { ErrorCode } from "@bowsprit/core";
import { expect, it } from "vitest";
import type { ImageFile } from "../../src/tree/image-file.ts";
import { createRandom, pick, type Random } from "./create-random.ts";
import { answerOf, device, type Draft, empty, fifo, file, folder, hardlink, imageOf, symlink } from "./entries.ts";

const images = 3000;
const names = ["a", "b", "c", "d", "e", "f"];
// They are rare, so that some images are taken from.
const oddNames = [
  "A",
  "\u00e9",
  "e\u0301",
  "ss",
  "\u00df",
  "nul",
  "x.",
  "..",
  ".",
  "",
  "a:b",
  ".wh..wh..opq",
  ".wh.a",
  ".wh...",
];

it("gives regular files only, under names that any computer keeps apart, or refuses", () => {
  let taken = 0;
  let throughLinks = 0;
  for (let seed = 1; seed <= images; seed++) {
    const random = createRandom(seed);
    const layers = Array.from({ length: 1 + random(3) }, () => anyLayer(random));
    const tree = imageOf(...layers);
    for (const roots of [["."], ["a"], ["/b", "a/b"]]) {
      const files = takenFrom(() => tree.select(roots));
      const entries = files.map(({ layer, ordinal }) => layers[layer]?.[ordinal]);
      expect(entries, `image ${seed}`).toMatchObject(files.map(({ size }) => ({ kind: "file", size })));
      expectPlain(files, `image ${seed}`);
      taken += files.length;
      throughLinks += entries.filter((entry, index) => entry?.path !== files[index]?.path).length;
    }
  }
  // Most images are too odd to be taken from; that some are not makes the rest of this test worth something.
  expect(taken).toBeGreaterThan(images / 3);
  expect(throughLinks).toBeGreaterThan(images / 30);
}, 60_000);

function takenFrom(ask: () => readonly ImageFile[]): readonly ImageFile[] {
  const { answer, error } = answerOf(ask);
  expect([undefined, ErrorCode.SourceRefused, ErrorCode.SourceNotFound]).toContain(error?.code);
  return answer ?? [];
}

function expectPlain(files: readonly ImageFile[], image: string): void {
  const prefixes = new Set(files.flatMap(({ path }) => prefixesOf(path)));
  const folded = new Set([...prefixes].map((path) => path.normalize("NFC").toLowerCase().replaceAll("\u00df", "ss")));
  expect(folded.size, image).toBe(prefixes.size);
  expect(new Set(files.map(({ path }) => path)).size, image).toBe(files.length);
  for (const { path, mode } of files) {
    expect(path.split("/"), image).not.toContain("..");
    expect(path, image).toMatch(/^(?:[^/]*\/)*[^/]*[^/. ]$/u);
    expect(path, image).not.toMatch(/^\/|\/\/|\.wh\.|nul|:/u);
    expect([0o600, 0o700]).toContain(mode);
  }
}

function prefixesOf(path: string): string[] {
  const segments = path.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** Most layers name nothing twice. */
function anyLayer(random: Random): Draft[] {
  const layer: Draft[] = [];
  for (let count = random(10); count > 0; count--) {
    const draft = anyEntry(random, layer);
    if (random(20) === 0 || !layer.some(({ path }) => path === draft.path)) layer.push(draft);
  }
  return layer;
}

function anyEntry(random: Random, before: readonly Draft[]): Draft {
  const name = (): string => pick(random, random(40) === 0 ? oddNames : names);
  const anyPath = (): string => Array.from({ length: 1 + random(3) }, name).join("/");
  const path = anyPath();
  // Most links lead to something.
  const target = before.length > 0 && random(4) > 0 ? pick(random, before).path : anyPath();
  const up = "../".repeat(random(6) === 0 ? random(4) : path.split("/").length - 1);
  const kind = random(24);
  if (kind < 12) return file(path, { size: 1 + random(9), mode: random(0o10000) });
  if (kind < 16) return symlink(path, random(8) === 0 ? `/${target}` : up + target);
  if (kind < 19) return hardlink(path, target);
  if (kind < 23) return folder(path);
  return pick(random, [device, fifo, empty])(path);
}
