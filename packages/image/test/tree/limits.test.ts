import { describe, expect, it } from "vitest";
import { createLayerTree } from "../../src/tree/create-layer-tree.ts";
import { createTreeBudget } from "../../src/tree/tree-budget.ts";
import { ErrorCode } from "@bowsprit/core";
import { answerOf, type Draft, entryOf, expectRefusal, file, imageOf, selected, symlink } from "./entries.ts";

const gibibyte = 1024 ** 3;

describe("A33", () => {
  it("takes a name of 255 bytes and refuses one of 256", () => {
    const tree = imageOf([
      file(`a/${"n".repeat(255)}`),
      file(`b/${"n".repeat(256)}`),
      file(`c/${"\u00e9".repeat(128)}`),
    ]);
    expect(tree.select(["a"])).toHaveLength(1);
    expectRefusal(() => tree.select(["b"]), "longer or deeper");
    expectRefusal(() => tree.select(["c"]), "longer or deeper");
  });

  it("takes a path of 1,024 characters and refuses one of 1,025", () => {
    const path = (length: number): string => `a/${`${"d".repeat(99)}/`.repeat(10)}`.padEnd(length, "f");
    expect(imageOf([file(path(1024))]).select(["a"])).toHaveLength(1);
    expectRefusal(() => imageOf([file(path(1025))]).select(["a"]), "more than 1024 characters");
  });

  it("takes a file in 127 folders and refuses one in 128", () => {
    const path = (folders: number): string => `${"d/".repeat(folders)}f`;
    expect(imageOf([file(path(127))]).select(["d"])).toHaveLength(1);
    expectRefusal(() => imageOf([file(path(128))]).select(["d"]), "128 folders");
  });

  it("refuses a link that is longer than Linux opens", () => {
    const tree = imageOf([
      file("ui/x"),
      symlink("ui/l", `${"./".repeat(2048)}x`),
      symlink("ok/l", `${"./".repeat(2040)}../ui/x`),
    ]);
    expectRefusal(() => tree.select(["ui"]), "too many links");
    expect(selected(tree, "ok")).toEqual({ "ok/l": "0:0" });
  });
});

describe("A34", () => {
  it("takes 100,000 files and folders and refuses one more", () => {
    const tree = imageOf([...Array.from({ length: 99_999 }, (_, index) => file(`ui/${index}`)), file("x")]);
    expect(tree.select(["ui"])).toHaveLength(99_999);
    expectRefusal(() => tree.select(["ui", "x"]), "more than 100000");
    expect(selected(tree, "x", "ui/7")).toEqual({ "ui/7": "0:7", x: "0:99999" });
  }, 60_000);

  it("counts what links multiply", () => {
    const bomb: Draft[] = [file("l0/f")];
    for (let level = 1; level <= 40; level++)
      for (const name of ["a", "b", "c", "d"]) bomb.push(symlink(`l${level}/${name}`, `../l${level - 1}`));
    expectRefusal(() => imageOf(bomb).select(["l40"]), "more than 100000");
  }, 60_000);

  it("takes 2 GiB and refuses a byte more", () => {
    const halves = [
      file("ui/a", { size: gibibyte }),
      file("ui/b", { size: gibibyte }),
      file("etc/c", { size: 8 * gibibyte }),
    ];
    expect(imageOf(halves).select(["ui"])).toHaveLength(2);
    expectRefusal(() => imageOf([...halves, file("ui/c")]).select(["ui"]), "more than 2 GiB");
    expectRefusal(() => imageOf([...halves, symlink("ui/l", "a")]).select(["ui"]), "more than 2 GiB");
  });
});

describe("what is only walked", () => {
  it("costs bounded memory, for all layers of an image together", () => {
    const budget = createTreeBudget("open x.tar");
    const long = entryOf(symlink("l", "x".repeat(65_536)), 0);
    const add = (layer: number): void => {
      const tree = createLayerTree(layer, { attempt: "open x.tar", budget });
      for (let index = 0; index < 100; index++) tree.add(long);
    };
    for (let layer = 0; layer < 10; layer++) add(layer);
    expectSpent(() => add(10), "than can be kept in mind");
  });

  it("costs bounded memory, whatever the names are", () => {
    const layer = createLayerTree(0, { attempt: "open x.tar" });
    const name = (index: number): string => `${index}`.padStart(250, "x");
    const add = (index: number): void => layer.add(entryOf(file(`${name(index)}/${name(index + 1)}`), index));
    expectSpent(() => Array.from({ length: 200_000 }, (_, index) => add(index)), "than can be kept in mind");
  }, 60_000);

  it("is bounded for folders that no entry names", () => {
    expectSpent(
      () => imageOf(Array.from({ length: 2000 }, (_, index) => file(`${index}/${"d/".repeat(250)}f`))),
      "kept in mind",
    );
  });

  it("is bounded for links that lead a long way", () => {
    const long = symlink("l", `${"d/../".repeat(800)}d`);
    const through = Array.from({ length: 20_000 }, (_, index) => file(`l/${index}/f`));
    expectSpent(() => imageOf([file("d/x"), long, ...through]), "too deep to be followed");
  }, 60_000);

  it("never grows deeper than 256 folders by one name", () => {
    const tree = imageOf([file(`${"d/".repeat(300)}f`)]);
    expect([...tree.list("d/".repeat(255))]).toEqual([["d", "folder"]]);
    expect([...tree.list("d/".repeat(256))]).toEqual([["d", "other"]]);
  });

  it("never grows deeper than links can lead it", () => {
    const entries: Draft[] = [];
    for (let level = 0; level < 60; level++)
      entries.push(
        file(`${level === 0 ? "" : `l${level - 1}/`}${"d/".repeat(200)}f`),
        symlink(`l${level}`, `${level === 0 ? "" : `l${level - 1}/`}${"d/".repeat(200)}`),
      );
    expect(selected(imageOf([...entries, file("ui/x")]), "ui")).toEqual({ "ui/x": "0:120" });
    expect(selected(imageOf(entries, [{ kind: "file", path: ".wh..wh..opq" }, file("ui/x")]), "ui")).toEqual({
      "ui/x": "1:1",
    });
  });
});

function expectSpent(ask: () => unknown, words: string): void {
  const { error } = answerOf(ask);
  expect(error?.code).toBe(ErrorCode.SourceRefused);
  expect(error?.message).toMatch(/^open x\.tar: the image /u);
  expect(error?.message).toContain(words);
  expect(error?.hint).toMatch(/\.$/u);
}
