import { expect, it } from "vitest";
import { createRandom, pick, type Random } from "./create-random.ts";
import { type Draft, empty, file, folder, imageOf, selected } from "./entries.ts";

const images = 3000;
const names = ["a", "b", "c", "d"];

it("gives what a second, simpler way of putting layers on one another gives", () => {
  let compared = 0;
  for (let seed = 1; seed <= images; seed++) {
    const random = createRandom(seed);
    const layers = Array.from({ length: 1 + random(4) }, () => plainLayer(random));
    const found = selected(imageOf(...layers), ".");
    compared += Object.keys(found).length;
    expect(found, `image ${seed}`).toEqual(overlay(layers));
  }
  expect(compared).toBeGreaterThan(2 * images);
}, 60_000);

/** By whole paths: what a layer hides goes, then what it brings comes. */
function overlay(layers: readonly (readonly Draft[])[]): Record<string, string> {
  let visible = new Map<string, string>();
  for (const [layer, drafts] of layers.entries()) {
    visible = new Map([...visible].filter(([path]) => !drafts.some((draft) => hides(draft, path))));
    for (const [ordinal, { path, kind, size }] of drafts.entries())
      if (kind === "file" && size !== 0) visible.set(path, `${layer}:${ordinal}`);
  }
  return Object.fromEntries(visible);
}

/** Whether an entry hides the file of a lower layer at a path. */
function hides({ path, kind }: Draft, below: string): boolean {
  const at = path.lastIndexOf("/") + 1;
  const name = path.slice(at);
  if (name === ".wh..wh..opq") return below.startsWith(path.slice(0, at));
  if (name.startsWith(".wh.")) return isAtOrBelow(below, path.slice(0, at) + name.slice(4));
  // A file hides what is below its name, and it and a folder hide the files on the way to it.
  return (kind === "file" && isAtOrBelow(below, path)) || isAtOrBelow(path, below);
}

function isAtOrBelow(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}

/** A layer that does not contradict itself. */
function plainLayer(random: Random): Draft[] {
  const layer: Draft[] = [];
  for (const draft of Array.from({ length: random(8) }, () => plainEntry(random))) {
    const contradicts = layer.some(
      (other) =>
        other.path === draft.path ||
        (other.kind === "file" && isAtOrBelow(draft.path, other.path)) ||
        (draft.kind === "file" && isAtOrBelow(other.path, draft.path)),
    );
    if (!contradicts) layer.push(draft);
  }
  return layer;
}

function plainEntry(random: Random): Draft {
  const path = Array.from({ length: 1 + random(3) }, () => pick(random, names)).join("/");
  const at = path.lastIndexOf("/") + 1;
  const kind = random(8);
  if (kind === 0) return empty(`${path.slice(0, at)}.wh.${path.slice(at)}`);
  if (kind === 1) return empty(`${path.slice(0, at)}.wh..wh..opq`);
  return kind === 2 ? folder(path) : file(path);
}
