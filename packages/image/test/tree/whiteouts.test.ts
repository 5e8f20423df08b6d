import { describe, expect, it } from "vitest";
import {
  device,
  type Draft,
  empty,
  expectNothing,
  expectRefusal,
  file,
  folder,
  hardlink,
  imageOf,
  selected,
  symlink,
} from "./entries.ts";

const opaque = ".wh..wh..opq";
const base: readonly Draft[] = [
  file("ui/a"),
  file("ui/sub/b"),
  file("etc/passwd"),
  file("metadata.json"),
  file("usr/a"),
];

/** Whiteouts that no reader may carry out, with the folder that they stand in and the words of the refusal. */
const malformed: readonly {
  readonly row: string;
  readonly entry: (at: string) => readonly Draft[];
  readonly words: string;
}[] = [
  { row: "A45 .wh.", entry: (at) => [empty(`${at}/.wh.`)], words: "malformed deletion" },
  { row: "A45 .wh..", entry: (at) => [empty(`${at}/.wh..`)], words: "malformed deletion" },
  { row: "A45 .wh...", entry: (at) => [empty(`${at}/.wh...`)], words: "malformed deletion" },
  { row: "A45 .wh... one folder below", entry: (at) => [empty(`${at}/sub/.wh...`)], words: "malformed deletion" },
  { row: "A46 an opaque folder with a body", entry: (at) => [file(`${at}/${opaque}`)], words: "malformed deletion" },
  { row: "A49 with a body", entry: (at) => [file(`${at}/.wh.a`)], words: "malformed deletion" },
  { row: "A49 a folder", entry: (at) => [folder(`${at}/.wh.a/`)], words: "malformed deletion" },
  { row: "A49 a folder with children", entry: (at) => [file(`${at}/.wh.a/x`)], words: "begins with .wh." },
  { row: "A49 a link", entry: (at) => [symlink(`${at}/.wh.a`, "b")], words: "malformed deletion" },
  { row: "A49 a device", entry: (at) => [device(`${at}/.wh.a`)], words: "malformed deletion" },
];

describe.each(malformed)("$row", ({ entry, words }) => {
  it("refuses where it decides what is written", () => {
    expectRefusal(() => imageOf(base, [...entry("ui")]).select(["ui"]), words);
  });

  it("refuses nothing elsewhere, and deletes nothing there", () => {
    const tree = imageOf(base, [...entry("usr")]);
    expect(selected(tree, "ui", "metadata.json", "etc/passwd")).toEqual({
      "etc/passwd": "0:2",
      "metadata.json": "0:3",
      "ui/a": "0:0",
      "ui/sub/b": "0:1",
    });
  });
});

it.each([".wh.", ".wh..", ".wh..."])("A45 %s at the root of the image decides about all of it", (name) => {
  const tree = imageOf(base, [empty(name)]);
  expectRefusal(() => tree.select(["ui"]), "malformed deletion");
  expectRefusal(() => tree.file("metadata.json"), "malformed deletion");
  expectRefusal(() => tree.list("."), "malformed deletion");
});

it("A45 is forgotten when a later layer deletes the folder", () => {
  expect(selected(imageOf(base, [empty("ui/.wh...")], [empty(".wh.ui"), file("ui/n")]), "ui")).toEqual({
    "ui/n": "2:1",
  });
});

describe("A46 an opaque folder", () => {
  it("hides what lies below it and keeps what its own layer brings, before it or after it", () => {
    const tree = imageOf(base, [
      file("ui/before"),
      file("ui/sub/new"),
      empty(`ui/${opaque}`),
      file("ui/after"),
      empty(`ui/sub/${opaque}`),
    ]);
    expect(selected(tree, "ui")).toEqual({ "ui/after": "1:3", "ui/before": "1:0", "ui/sub/new": "1:1" });
    expect(selected(tree, "etc")).toEqual({ "etc/passwd": "0:2" });
  });

  it("keeps a file of its own layer that was there before, and a hard link to what it hides", () => {
    const tree = imageOf(base, [file("ui/a"), hardlink("ui/h", "ui/sub/b"), empty(`ui/${opaque}`)]);
    expect(selected(tree, "ui")).toEqual({ "ui/a": "1:0", "ui/h": "0:1" });
  });

  it("hides nothing of later layers, and may hide the whole image", () => {
    expect(selected(imageOf(base, [empty(opaque), file("ui/x")], [file("ui/y")]), ".")).toEqual({
      "ui/x": "1:1",
      "ui/y": "2:0",
    });
  });

  it("that is not there is no matter", () => {
    expect(selected(imageOf(base, [empty(`gone/${opaque}`), empty(`ui/a/${opaque}`)]), "ui/a")).toEqual({
      "ui/a": "0:0",
    });
  });
});

describe("a whiteout", () => {
  it("deletes a file and a folder of the layers below, and nothing of its own layer", () => {
    expect(selected(imageOf(base, [empty("ui/.wh.sub")]), "ui")).toEqual({ "ui/a": "0:0" });
    expect(selected(imageOf(base, [file("ui/a"), empty("ui/.wh.a")]), "ui/a")).toEqual({ "ui/a": "1:0" });
    expect(selected(imageOf(base, [empty("ui/.wh.a"), file("ui/a")]), "ui/a")).toEqual({ "ui/a": "1:1" });
    expect(selected(imageOf(base, [file("ui/sub/n"), empty("ui/.wh.sub")]), "ui")).toEqual({
      "ui/a": "0:0",
      "ui/sub/n": "1:0",
    });
  });

  it("A47 through a link deletes what the link leads to, inside the image", () => {
    const tree = imageOf(
      [...base, symlink("l", "/etc"), symlink("out", "../../..")],
      [empty("l/.wh.passwd"), empty("out/.wh.ui")],
    );
    expectNothing(() => tree.file("etc/passwd"));
    expectNothing(() => tree.select(["ui"]));
    expect(selected(tree, "metadata.json")).toEqual({ "metadata.json": "0:3" });
  });

  it("A48 of the metadata leaves an image without", () => {
    const tree = imageOf(base, [empty(".wh.metadata.json")]);
    expectNothing(() => tree.file("/metadata.json"));
    expect(selected(tree, "ui/a")).toEqual({ "ui/a": "0:0" });
  });

  it("may be a hard link, and what AUFS kept for itself deletes nothing", () => {
    const aufs = [
      folder(".wh..wh.plnk/"),
      folder("ui/.wh..wh.orph/"),
      file(".wh..wh.plnk/98.76"),
      empty(".wh..wh.aufs"),
      hardlink("ui/.wh.a", ".wh..wh.aufs"),
    ];
    expect(selected(imageOf(base, aufs), "ui")).toEqual({ "ui/sub/b": "0:1" });
  });

  it("with .. in its name is refused only with what it deletes", () => {
    const tree = imageOf(base, [empty("ui/../.wh.etc")]);
    expectRefusal(() => tree.select(["etc"]), "malformed deletion");
    expect(selected(tree, "ui/a")).toEqual({ "ui/a": "0:0" });
  });
});
