import { describe, expect, it } from "vitest";
import {
  type Draft,
  device,
  entryOf,
  expectRefusal,
  fifo,
  file,
  folder,
  hardlink,
  imageOf,
  selected,
  symlink,
} from "./entries.ts";
import { createLayerTree } from "../../src/tree/create-layer-tree.ts";
import { mergeLayers } from "../../src/tree/merge-layers.ts";

/** A row of the matrix: the entries with `ui` as the folder they are about, and what refuses them there. */
interface Row {
  readonly row: string;
  readonly entries: (at: string) => readonly Draft[];
  readonly words: string | RegExp;
}

const long = "n".repeat(300);
const deep = (at: string): string => `${at}/${"d/".repeat(2000)}f`;

const rows: readonly Row[] = [
  { row: "A01 ../evil", entries: (at) => [file(`../${at}/evil`)], words: "leads out of it" },
  { row: "A02 a/../../evil", entries: (at) => [file(`${at}/../../evil`)], words: "leads out of it" },
  { row: "A02 a/../../a/evil", entries: (at) => [file(`${at}/../../${at}/evil`)], words: "leads out of it" },
  { row: "A04 ..\\evil", entries: (at) => [file(`${at}/..\\evil`)], words: "Windows reads" },
  { row: "A04 a\\..\\..\\evil", entries: (at) => [file(`${at}/a\\..\\..\\evil`)], words: "Windows reads" },
  { row: "A05 C:\\x", entries: (at) => [file(`${at}/C:\\x`)], words: "Windows reads" },
  { row: "A05 C:x", entries: (at) => [file(`${at}/C:x`)], words: "Windows reads" },
  { row: "A05 \\\\srv\\share", entries: (at) => [file(`${at}/\\\\srv\\share`)], words: "Windows reads" },
  { row: "A05 //?/C:/x", entries: (at) => [file(`//${at}/x`)], words: "two slashes" },
  { row: "A05 ?/C:/x", entries: (at) => [file(`${at}/?/C:/x`)], words: "Windows reads" },
  {
    row: "A06 a link out, then a file through it",
    entries: (at) => [symlink(`${at}/l`, "../out"), file(`${at}/l/evil`)],
    words: "through a link",
  },
  {
    row: "A06 a link out of the image, then a file through it",
    entries: (at) => [symlink(`${at}/l`, "../../out"), file(`${at}/l/evil`)],
    words: "leads out of the image",
  },
  { row: "A07 an absolute link", entries: (at) => [symlink(`${at}/l`, "/etc")], words: "is a link to /etc" },
  {
    row: "A08 a chain of links",
    entries: (at) => [symlink(`${at}/a/b`, ".."), symlink(`${at}/a/b/c`, "../out")],
    words: /a folder that holds it|through a link/u,
  },
  {
    row: "A08 a chain of links that climbs out",
    entries: (at) => [symlink(`${at}/b`, "c/.."), symlink(`${at}/c`, "../..")],
    words: "leads out of the image",
  },
  {
    row: "A09 SymlinkOverridePath: a link, a folder and the link again",
    entries: (at) => [symlink(`${at}/l`, "a"), folder(`${at}/l`), symlink(`${at}/l`, "a"), file(`${at}/a`)],
    words: "both as a file and as a folder",
  },
  {
    row: "A10 a hard link to /etc/passwd",
    entries: (at) => [hardlink(`${at}/h`, "/etc/passwd")],
    words: "link to /etc/passwd",
  },
  {
    row: "A11 a hard link to ../outfile",
    entries: (at) => [hardlink(`${at}/h`, "../outfile")],
    words: "hard link that leads out",
  },
  {
    row: "A12 a hard link through a link to a folder",
    entries: (at) => [symlink(`${at}/l`, "../etc"), hardlink(`${at}/h`, `${at}/l/passwd`)],
    words: "leads through another link",
  },
  {
    row: "A12 a hard link to a link",
    entries: (at) => [symlink(`${at}/l`, "../etc/passwd"), hardlink(`${at}/h`, `${at}/l`)],
    words: "leads through another link",
  },
  {
    row: "A13 a hard link before its target",
    entries: (at) => [hardlink(`${at}/h`, `${at}/later`), file(`${at}/later`)],
    words: "nothing that came before",
  },
  {
    row: "A14 a hard link to itself",
    entries: (at) => [hardlink(`${at}/h`, `${at}/h`)],
    words: "nothing that came before",
  },
  {
    row: "A14 a hard link to itself over a file",
    entries: (at) => [file(`${at}/h`), hardlink(`${at}/h`, `${at}/h`)],
    words: "nothing that came before",
  },
  { row: "A16 a device", entries: (at) => [device(`${at}/d`)], words: "neither a file nor a folder" },
  { row: "A17 a fifo", entries: (at) => [fifo(`${at}/p`)], words: "neither a file nor a folder" },
  {
    row: "A18 a link to what is no file (tar has no sockets)",
    entries: (at) => [symlink(`${at}/s`, "../dev/null")],
    words: "neither a file nor a folder",
  },
  { row: "A23 F and f", entries: (at) => [file(`${at}/F`), file(`${at}/f`)], words: "for that of" },
  { row: "A23 folders F and f", entries: (at) => [file(`${at}/F/a`), file(`${at}/f/b`)], words: "for that of" },
  { row: "A24 NFC and NFD", entries: (at) => [file(`${at}/\u00e9`), file(`${at}/e\u0301`)], words: "for that of" },
  { row: "A24 ß and ss", entries: (at) => [file(`${at}/stra\u00dfe`), file(`${at}/strasse`)], words: "for that of" },
  { row: "A24 ẞ and SS", entries: (at) => [file(`${at}/\u1e9e`), file(`${at}/SS`)], words: "for that of" },
  { row: "A24 the Turkish İ and i", entries: (at) => [file(`${at}/\u0130`), file(`${at}/i`)], words: "for that of" },
  { row: "A24 the Turkish ı and I", entries: (at) => [file(`${at}/\u0131`), file(`${at}/I`)], words: "for that of" },
  {
    row: "A25 a name twice in a layer",
    entries: (at) => [file(`${at}/f`), file(`${at}/f`, { size: 2 })],
    words: "more than once",
  },
  {
    row: "A26 a file, then a file below it",
    entries: (at) => [file(`${at}/f`), file(`${at}/f/x`)],
    words: "both as a file and as a folder",
  },
  {
    row: "A26 a file, then a folder",
    entries: (at) => [file(`${at}/f`), folder(`${at}/f/`)],
    words: "both as a file and as a folder",
  },
  {
    row: "A27 a folder, then a file",
    entries: (at) => [folder(`${at}/f`), file(`${at}/f`)],
    words: "both as a file and as a folder",
  },
  { row: "A28 CON", entries: (at) => [file(`${at}/CON`)], words: "device on Windows" },
  { row: "A28 NUL.txt", entries: (at) => [file(`${at}/NUL.txt`)], words: "device on Windows" },
  { row: "A28 com1.tar.gz", entries: (at) => [file(`${at}/com1.tar.gz`)], words: "device on Windows" },
  { row: "A28 a folder aux", entries: (at) => [file(`${at}/aux/x`)], words: "device on Windows" },
  { row: "A28 a.", entries: (at) => [file(`${at}/a.`)], words: "dot or a blank" },
  { row: "A28 a blank at the end", entries: (at) => [file(`${at}/a `)], words: "dot or a blank" },
  { row: "A28 a:stream", entries: (at) => [file(`${at}/a:stream`)], words: "Windows reads" },
  { row: "A29 NUL", entries: (at) => [file(`${at}/a\0b`)], words: "no name may hold" },
  { row: "A29 a line break", entries: (at) => [file(`${at}/a\nb`)], words: "no name may hold" },
  { row: "A29 a control character", entries: (at) => [file(`${at}/a\u0085b`)], words: "no name may hold" },
  { row: "A29 a bidirectional override", entries: (at) => [file(`${at}/a\u202egnp.exe`)], words: "no name may hold" },
  { row: "A30 a path with NUL at its end", entries: (at) => [file(`${at}/x\0`)], words: "no name may hold" },
  { row: "A33 a name of 300 bytes", entries: (at) => [file(`${at}/${long}`)], words: "longer or deeper" },
  {
    row: "A33 a path of 5,000 characters",
    entries: (at) => [file(`${at}/${"0123456789".repeat(20)}/`.repeat(25).concat("f"))],
    words: "more than 1024 characters",
  },
  { row: "A33 2,000 folders", entries: (at) => [file(deep(at))], words: /longer or deeper|128 folders/u },
];

const base: readonly Draft[] = [
  folder("etc"),
  file("etc/passwd"),
  file("out/secret"),
  device("dev/null"),
  file("ui/index.html"),
  file("metadata.json"),
];

describe.each(rows)("$row", ({ entries, words }) => {
  it("refuses what would be written", () => {
    expectRefusal(() => imageOf([...base], [...entries("ui")]).select(["ui"]), words);
  });

  it("refuses nothing elsewhere in the image", () => {
    const tree = imageOf([...base], [...entries("usr")]);
    expect(selected(tree, "/ui", "metadata.json")).toEqual({ "metadata.json": "0:5", "ui/index.html": "0:4" });
    expect(tree.file("metadata.json").ordinal).toBe(5);
  });
});

describe("what is written", () => {
  it("A03 begins at the root of the image, whatever stands before its name", () => {
    const tree = imageOf([file("/ui/x"), file("./ui/y"), file("ui//./z"), folder("./"), folder("/")]);
    expect(selected(tree, "ui")).toEqual({ "ui/x": "0:0", "ui/y": "0:1", "ui/z": "0:2" });
    expect(selected(tree, "/ui/")).toEqual(selected(tree, "./ui"));
  });

  it("A15 is the content of a link's file under the link's name, and of a link's folder", () => {
    const tree = imageOf([
      file("ui/a.js", { mode: 0o755 }),
      symlink("ui/b.js", "a.js"),
      symlink("ui/c", "/ui/d"),
      symlink("ui/d", "./../shared/x/.."),
      file("shared/x/e"),
      hardlink("ui/f.js", "ui/a.js"),
    ]);
    expect(selected(tree, "ui")).toEqual({
      "ui/a.js": "0:0",
      "ui/b.js": "0:0",
      "ui/c/x/e": "0:4",
      "ui/d/x/e": "0:4",
      "ui/f.js": "0:0",
    });
    expect(tree.file("ui/b.js").mode).toBe(0o700);
    expect(tree.file("ui/f.js").mode).toBe(0o700);
  });

  it("A15 is never a link to nothing, or in a circle", () => {
    expectRefusal(() => imageOf([symlink("ui/l", "gone")]).select(["ui"]), "leads to nothing");
    expectRefusal(() => imageOf([symlink("ui/l", "m"), symlink("ui/m", "l")]).select(["ui"]), "in a circle");
    expectRefusal(() => imageOf([symlink("ui/l", ".")]).select(["ui"]), "a folder that holds it");
    expectRefusal(
      () => imageOf([symlink("ui/l", "../a"), symlink("a/m", "../ui")]).select(["ui"]),
      "a folder that holds it",
    );
    expectRefusal(() => imageOf([file("ui/f"), symlink("ui/l", "f/x")]).select(["ui"]), "leads to nothing");
  });

  it("A19 A20 has one of two modes", () => {
    const modes = [0o4755, 0o2644, 0o1777, 0o6000, 0o010, 0o666, 0o000].map((mode, index) =>
      file(`ui/${index}`, { mode }),
    );
    const tree = imageOf([folder("ui", { mode: 0o1777 }), ...modes]);
    expect(tree.select(["ui"]).map(({ mode }) => mode.toString(8))).toEqual([
      "700",
      "600",
      "700",
      "600",
      "700",
      "600",
      "600",
    ]);
  });

  it("A21 A22 has neither extended attributes nor an owner", () => {
    const [taken] = imageOf([file("ui/x")]).select(["ui"]);
    expect(Object.keys(taken ?? {}).toSorted()).toEqual(["layer", "mode", "ordinal", "path", "size"]);
  });

  it("A23 A28 is judged by the folders above it too", () => {
    const tree = imageOf([file("ui/a"), file("UI/b"), file("x/aux/c")]);
    expectRefusal(() => tree.select(["ui/a", "UI/b"]), "for that of ui");
    expectRefusal(() => tree.select(["x/aux/c"]), "device on Windows");
    expectRefusal(() => tree.file("x/aux/c"), "device on Windows");
    expect(selected(tree, "ui/a")).toEqual({ "ui/a": "0:0" });
  });

  it("A25 comes from the later layer", () => {
    const tree = imageOf([file("ui/f"), file("ui/g")], [file("ui/f", { size: 7 })]);
    expect(selected(tree, "ui")).toEqual({ "ui/f": "1:0", "ui/g": "0:1" });
    expect(tree.file("ui/f").size).toBe(7);
  });

  it("A25 may be named twice where both are the same", () => {
    const tree = imageOf([
      file("ui/f"),
      symlink("ui/l", "f"),
      symlink("ui/l", "f"),
      hardlink("ui/h", "ui/f"),
      hardlink("ui/h", "ui/f"),
    ]);
    expect(selected(tree, "ui")).toEqual({ "ui/f": "0:0", "ui/h": "0:0", "ui/l": "0:0" });
  });

  it("A26 A27 is a file or a folder as the later layer says", () => {
    const tree = imageOf([file("ui/f"), file("ui/d/x")], [folder("ui/f"), file("ui/f/y"), file("ui/d")]);
    expect(selected(tree, "ui")).toEqual({ "ui/d": "1:2", "ui/f/y": "1:1" });
    expect(selected(imageOf([file("ui/f")], [file("ui/f/y")]), "ui")).toEqual({ "ui/f/y": "1:0" });
  });

  it("A29 has a name that is UTF-8", () => {
    const layer = createLayerTree(0, { attempt: "open x.tar" });
    layer.add({ ...entryOf(file("ui/x"), 0), path: "ui/\xff" });
    layer.add({ ...entryOf(file("etc/x"), 1), path: "etc/\xc3\x28" });
    layer.add(entryOf(file("img/\u00e9\ud83d\ude80.png"), 2));
    const tree = mergeLayers([layer]);
    expectRefusal(() => tree.select(["ui"]), "not UTF-8");
    expect(selected(tree, "img")).toEqual({ "img/\u00e9\ud83d\ude80.png": "0:2" });
    expect(selected(tree, "/img/\u00e9\ud83d\ude80.png")).toEqual({ "img/\u00e9\ud83d\ude80.png": "0:2" });
  });

  it("A27 goes another way when a file took the place of a folder on it", () => {
    const tree = imageOf([symlink("a/l", ".."), file("a/l/a"), file("a/l/x")]);
    expect([...tree.list("/").keys()]).toEqual(["a"]);
    expectRefusal(() => tree.select(["a"]), "both as a file and as a folder");
  });

  it("A31 may be called as a number or as a property", () => {
    const names = ["0", "123", "__proto__", "constructor", "hasOwnProperty", "toString"];
    const tree = imageOf(names.map((name) => file(`ui/${name}`)));
    expect(tree.select(["ui"]).map(({ path }) => path)).toEqual(names.map((name) => `ui/${name}`).toSorted());
  });

  it("A32 has the name of its own entry, whatever came before", () => {
    const tree = imageOf([file(`${"l".repeat(300)}/x`), file("ui/a"), symlink("etc/b", "x"), file("b"), file("ui/c")]);
    expect(selected(tree, "ui")).toEqual({ "ui/a": "0:1", "ui/c": "0:4" });
  });
});
