import { BowspritError, ErrorCode } from "@bowsprit/core";
import { expect } from "vitest";
import type { TarEntry } from "../../src/tar/tar-entry.ts";
import { createLayerTree } from "../../src/tree/create-layer-tree.ts";
import type { ImageTree } from "../../src/tree/create-image-tree.ts";
import { mergeLayers } from "../../src/tree/merge-layers.ts";
import { createTreeBudget } from "../../src/tree/tree-budget.ts";

/** An entry before it has its place in an archive. Its path and link are text. */
export type Draft = Partial<TarEntry> & Pick<TarEntry, "path" | "kind">;

export function file(path: string, more: Partial<TarEntry> = {}): Draft {
  return { kind: "file", path, size: 1, ...more };
}

export function folder(path: string, more: Partial<TarEntry> = {}): Draft {
  return { kind: "folder", path, mode: 0o755, ...more };
}

export function symlink(path: string, link: string): Draft {
  return { kind: "symlink", path, link, mode: 0o777 };
}

export function hardlink(path: string, link: string): Draft {
  return { kind: "hardlink", path, link };
}

/** An empty file: what a whiteout is. */
export function empty(path: string): Draft {
  return { kind: "file", path, size: 0 };
}

export function device(path: string): Draft {
  return { kind: "device", path };
}

export function fifo(path: string): Draft {
  return { kind: "fifo", path };
}

/** The tree of an image of some layers, the base first. */
export function imageOf(...layers: readonly (readonly Draft[])[]): ImageTree {
  const attempt = "open x.tar";
  const budget = createTreeBudget(attempt);
  return mergeLayers(
    layers.map((drafts, index) => {
      const layer = createLayerTree(index, { attempt, budget });
      for (const [ordinal, draft] of drafts.entries()) layer.add(entryOf(draft, ordinal));
      return layer;
    }),
  );
}

export function entryOf({ path, link = "", ...draft }: Draft, ordinal: number): TarEntry {
  return { size: 0, mode: 0o644, ordinal, offset: 0, ...draft, path: bytes(path), link: bytes(link) };
}

/** What is selected: each path with the layer and the entry that its data are read from. */
export function selected(tree: ImageTree, ...roots: readonly string[]): Record<string, string> {
  return Object.fromEntries(tree.select(roots).map(({ path, layer, ordinal }) => [path, `${layer}:${ordinal}`]));
}

/** Sees that a question to a tree is refused, in the house form, with these words. */
export function expectRefusal(ask: () => unknown, words: string | RegExp): void {
  const error = errorOf(ask);
  expect(error.code).toBe(ErrorCode.SourceRefused);
  expect(error.message).toMatch(/^open x\.tar: .+ cannot be taken from the image: .+[^.]$/u);
  expect(error.message).toMatch(words);
  expect(error.hint).toMatch(/^[A-Z].+\.$/u);
}

export function expectNothing(ask: () => unknown): void {
  expect(errorOf(ask).code).toBe(ErrorCode.SourceNotFound);
}

function errorOf(ask: () => unknown): BowspritError {
  return answerOf(ask).error ?? expect.fail("it was not refused");
}

/** The answer to a question, or the error of ours that it ended with. */
export function answerOf<T>(ask: () => T): { readonly answer?: T; readonly error?: BowspritError } {
  try {
    return { answer: ask() };
  } catch (error) {
    if (BowspritError.is(error)) return { error };
    throw error;
  }
}

function bytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
