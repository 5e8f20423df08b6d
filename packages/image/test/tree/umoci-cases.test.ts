import { describe, expect, it } from "vitest";
import {
  answerOf,
  type Draft,
  device,
  empty,
  expectNothing,
  expectRefusal,
  fifo,
  file,
  folder,
  hardlink,
  imageOf,
  selected,
  symlink,
} from "./entries.ts";

// The names of umoci's cases of oci/layer that are about trees, and what each means here.

describe("TestUnpackEntrySanitiseScoping", () => {
  it.each(["/..", "..", "/../", "../../../../../..", "/./.././.."])(
    "an entry %s/file is nowhere in the image",
    (prefix) => {
      const tree = imageOf([file(`${prefix}/file`), file("ui/x")]);
      expectRefusal(() => tree.select(["file"]), "leads out of it");
      expectRefusal(() => tree.select(["."]), "leads out of it");
      expect(selected(tree, "ui")).toEqual({ "ui/x": "0:1" });
    },
  );

  it("an entry //file, whose readers disagree, is only walked", () => {
    expectRefusal(() => imageOf([file("//file")]).select(["file"]), "two slashes");
  });

  it("an entry /file is the file of the image", () => {
    expect(selected(imageOf([file("/file")]), "file")).toEqual({ file: "0:0" });
  });
});

describe("TestUnpackEntrySymlinkScoping", () => {
  it.each([
    ["RootPrefix", "/"],
    ["GarbagePrefix1", "/../"],
    ["GarbagePrefix2", "/../../../../../../../../../../../../../../../"],
    ["GarbagePrefix3", "/./.././.././.././.././.././.././.././.././../"],
    ["DotDotPrefix", ".."],
  ])("%s: a file through a link to the root is there, and is not written", (_name, target) => {
    const tree = imageOf([symlink("link", target), file("link/file"), file("ui/x")]);
    expect(tree.list("/").get("file")).toBe("file");
    expectRefusal(() => tree.file("file"), "through a link");
    expectRefusal(() => tree.select(["link"]), /leads out|holds it/u);
    expect(selected(tree, "ui")).toEqual({ "ui/x": "0:2" });
  });
});

describe("TestUnpackEntryNonDirParent", () => {
  it("a file with entries below it becomes a folder, which one layer must not say", () => {
    const entries = [file("nondir"), file("nondir/foo/bar/baz")];
    expect([...imageOf(entries).list("/")]).toEqual([["nondir", "folder"]]);
    expectRefusal(() => imageOf(entries).select(["nondir"]), "both as a file and as a folder");
    expect(selected(imageOf(entries.slice(0, 1), entries.slice(1)), "nondir")).toEqual({ "nondir/foo/bar/baz": "1:0" });
  });
});

describe("TestUnpackEntryParentDir", () => {
  it("folders that no entry names are there", () => {
    expect(selected(imageOf([file("a/b/c/file")]), "a/b")).toEqual({ "a/b/c/file": "0:0" });
  });
});

describe("TestUnpackEntryWhiteout", () => {
  it.each([
    ["FileInRoot", "rootpath", false],
    ["HiddenFileInRoot", ".hiddenroot", false],
    ["FileInSubdir", "some/path/file", false],
    ["HiddenFileInSubdir", "another/path/.hiddenfile", false],
    ["DirInRoot", "rootpath", true],
    ["HiddenDirInRoot", ".hiddenroot", true],
    ["DirInSubdir", "some/path/dir", true],
    ["HiddenDirInSubdir", "another/path/.hiddendir", true],
  ])("%s", (_name, path, isFolder) => {
    const below = isFolder ? [folder(path), file(`${path}/file1`), file(`${path}/.subdir/file3`)] : [file(path)];
    const at = path.lastIndexOf("/") + 1;
    const tree = imageOf([...below, file("some/x")], [empty(`${path.slice(0, at)}.wh.${path.slice(at)}`)]);
    expectNothing(() => tree.select([path]));
    expect(selected(tree, "some/x")).toEqual({ "some/x": `0:${below.length}` });
  });
});

describe("TestUnpackOpaqueWhiteout", () => {
  /** An entry, whether the upper layer brings it, and whether it is there in the end. */
  type Case = readonly [draft: Draft, isUpper: boolean, survives: boolean];
  const cases: readonly (readonly [name: string, entries: readonly Case[]])[] = [
    ["EmptyDir", []],
    [
      "OneLevel",
      [
        [file("d/file"), false, false],
        [symlink("d/link", ".."), true, true],
        [symlink("d/badlink", "./nothing"), true, true],
        [fifo("d/fifo"), false, false],
      ],
    ],
    [
      "OneLevelNoUpper",
      [
        [file("d/file"), false, false],
        [symlink("d/link", ".."), false, false],
        [fifo("d/fifo"), false, false],
      ],
    ],
    [
      "TwoLevel",
      [
        [file("d/file"), true, true],
        [symlink("d/link", ".."), false, false],
        [folder("d/dir"), true, true],
        [file("d/dir/file"), true, true],
        [symlink("d/dir/link", "../badlink"), false, false],
        [symlink("d/dir/verybadlink", "../../../../../../etc/shadow"), true, true],
      ],
    ],
    [
      "TwoLevelNoUpper",
      [
        [file("d/file"), false, false],
        [folder("d/dir"), false, false],
        [file("d/dir/file"), false, false],
        [symlink("d/dir/link", "../badlink"), false, false],
      ],
    ],
    [
      "MultiLevel",
      [
        [folder("d/dir"), false, true],
        [folder("d/dir/a"), false, true],
        [file("d/dir/a/file"), true, true],
        [file("d/dir/b/file"), false, false],
        [folder("d/dir/c"), true, true],
      ],
    ],
  ];
  it.each(cases)("%s", (_name, entries) => {
    const of = (isUpper: boolean): Draft[] => entries.filter(([, upper]) => upper === isUpper).map(([draft]) => draft);
    const tree = imageOf([folder("d"), ...of(false)], [...of(true), empty("d/.wh..wh..opq")]);
    for (const [{ path }, , survives] of entries) {
      const at = path.lastIndexOf("/");
      const { answer } = answerOf(() => tree.list(path.slice(0, at)));
      expect(answer?.has(path.slice(at + 1)) ?? false, path).toBe(survives);
    }
    expect(tree.list("/").get("d")).toBe("folder");
  });
});

describe("TestUnpackHardlink", () => {
  it("a hard link is its file; one to a link is that link, and is not written", () => {
    const tree = imageOf([
      file("regular", { mode: 0o755 }),
      hardlink("hard link", "regular"),
      symlink("link", "../../../regular"),
      hardlink("hard link to symlink", "../../../link"),
      hardlink("hard link to link", "link"),
    ]);
    expect(tree.file("hard link")).toEqual({ path: "hard link", layer: 0, ordinal: 0, size: 1, mode: 0o700 });
    expectRefusal(() => tree.file("link"), "leads out of the image");
    expectRefusal(() => tree.file("hard link to symlink"), "leads out of the image");
    expectRefusal(() => tree.file("hard link to link"), "through another link");
    expect(tree.list("/").get("hard link to link")).toBe("link");
  });

  it("a hard link stays what it was when its target is replaced", () => {
    const tree = imageOf([file("a"), hardlink("b", "a")], [file("a"), hardlink("c", "b"), hardlink("d", "a")]);
    expect(selected(tree, ".")).toEqual({ a: "1:0", b: "0:0", c: "0:0", d: "1:0" });
  });

  it("a hard link to a folder is not written", () => {
    expectRefusal(() => imageOf([folder("d"), hardlink("h", "d")]).file("h"), "to a folder");
  });
});

describe("TestIsDirlink and keep-dirlinks", () => {
  it("a folder replaces the link to a folder; a file below that link goes where it leads", () => {
    const below = [file("usr/bin/sh"), symlink("bin", "usr/bin")];
    expect(selected(imageOf(below, [folder("bin/"), file("bin/tool")]), "bin")).toEqual({ "bin/tool": "1:1" });
    const through = imageOf(below, [file("bin/tool")]);
    expect([...through.list("usr/bin").keys()]).toEqual(["sh", "tool"]);
    expect(selected(through, "bin/sh", "usr/bin/sh")).toEqual({ "bin/sh": "0:0", "usr/bin/sh": "0:0" });
    expectRefusal(() => through.file("bin/tool"), "through a link");
  });
});

describe("setuid, setcap and mknod", () => {
  it("leave nothing but the mode that may be run", () => {
    const tree = imageOf([file("bin/su", { mode: 0o4755 }), device("dev/null"), fifo("run/initctl")]);
    expect(tree.file("bin/su").mode).toBe(0o700);
    expectRefusal(() => tree.file("dev/null"), "neither a file nor a folder");
    expectRefusal(() => tree.select(["run"]), "neither a file nor a folder");
  });
});

describe("consistent results", () => {
  it("the same layers give the same files, however often they are merged and in whichever order the roots are named", () => {
    const tree = imageOf([file("b/\u00e9"), file("b/z"), file("b/Z1"), file("a/c"), file("a-b"), file("a.b")]);
    expect(Object.keys(selected(tree, "."))).toEqual(["a-b", "a.b", "a/c", "b/Z1", "b/z", "b/\u00e9"]);
    expect(tree.select(["b", "a", "b/z", "/b/"])).toEqual(tree.select(["a", "b"]));
    expect(Object.keys(selected(tree, "a", "a-b"))).toEqual(["a-b", "a/c"]);
  });
});
