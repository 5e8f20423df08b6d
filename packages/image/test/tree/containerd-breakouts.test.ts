import { describe, expect, it } from "vitest";
import type { ImageTree } from "../../src/tree/create-image-tree.ts";
import {
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

/**
 * The names of containerd's TestBreakouts. There, each ends with files of the image in a folder and nothing outside. Here no name leads
 * anywhere but into a tree in memory, so each says what would be taken from it, and from which entry, or why nothing is.
 */
interface Breakout {
  readonly name: string;
  /** What a lower layer holds, where the case begins with one. */
  readonly below?: readonly Draft[];
  readonly layer: readonly Draft[];
  /** What is taken, by root: from which entries (`layer:ordinal`), or the words that refuse it, or nothing. */
  readonly taken: Readonly<Record<string, Readonly<Record<string, string>> | RegExp | undefined>>;
}

const passwd = [folder("etc"), file("/etc/passwd")];
const localBelow = [folder("/etc/"), file("/etc/passwd"), folder("/localetc/")];
const throughLink = /through a link/u;
const absolute = /an absolute path that leads out/u;
const hardThrough = /leads through another link/u;
const malformed = /malformed deletion/u;

const breakouts: readonly Breakout[] = [
  {
    name: "SymlinkAbsolute",
    layer: [folder("etc"), symlink("localetc", "/etc"), file("/localetc/unbroken")],
    taken: { etc: throughLink, localetc: absolute },
  },
  {
    name: "SymlinkUpAndOut",
    layer: [folder("etc"), folder("dummy"), symlink("localetc", "/dummy/../etc"), file("/localetc/unbroken")],
    taken: { etc: throughLink, localetc: absolute, dummy: {} },
  },
  {
    name: "SymlinkMultipleAbsolute",
    layer: [
      folder("etc"),
      folder("dummy"),
      symlink("/dummy/etc", "/etc"),
      symlink("localetc", "/dummy/etc"),
      file("/dummy/etc/unbroken"),
    ],
    taken: { etc: throughLink, dummy: absolute, localetc: absolute },
  },
  {
    name: "SymlinkMultipleRelative",
    layer: [
      folder("etc"),
      folder("dummy"),
      symlink("/dummy/etc", "/etc"),
      symlink("localetc", "./dummy/etc"),
      file("/dummy/etc/unbroken"),
    ],
    taken: { etc: throughLink, dummy: absolute, localetc: absolute },
  },
  {
    name: "SymlinkEmptyFile",
    layer: [folder("etc"), file("etc/emptied", { size: 8 }), symlink("localetc", "/etc"), empty("/localetc/emptied")],
    taken: { etc: throughLink },
  },
  {
    name: "HardlinkRelative",
    layer: [
      ...passwd,
      folder("breakouts"),
      symlink("breakouts/d1", "../../etc"),
      hardlink("breakouts/mypasswd", "/breakouts/d1/passwd"),
    ],
    taken: {
      etc: { "etc/passwd": "0:1" },
      "breakouts/d1": /leads out of the image/u,
      "breakouts/mypasswd": hardThrough,
    },
  },
  {
    name: "HardlinkDownAndOut",
    layer: [
      ...passwd,
      folder("breakouts"),
      folder("downandout"),
      symlink("breakouts/d1", "../downandout/../../etc"),
      hardlink("breakouts/mypasswd", "/breakouts/d1/passwd"),
    ],
    taken: {
      etc: { "etc/passwd": "0:1" },
      "breakouts/d1": /leads out of the image/u,
      "breakouts/mypasswd": hardThrough,
    },
  },
  {
    name: "HardlinkAbsolute",
    layer: [...passwd, symlink("localetc", "/etc"), hardlink("localpasswd", "/localetc/passwd")],
    taken: { etc: { "etc/passwd": "0:1" }, localpasswd: hardThrough },
  },
  {
    name: "HardlinkRelativeLong",
    layer: [...passwd, symlink("localetc", "../../../../../../../etc"), hardlink("localpasswd", "/localetc/passwd")],
    taken: { etc: { "etc/passwd": "0:1" }, localetc: /leads out of the image/u, localpasswd: hardThrough },
  },
  {
    name: "HardlinkRelativeUpAndOut",
    layer: [...passwd, symlink("localetc", "upandout/../../../etc"), hardlink("localpasswd", "/localetc/passwd")],
    taken: { etc: { "etc/passwd": "0:1" }, localetc: /leads to nothing/u, localpasswd: /nothing that came before/u },
  },
  {
    name: "HardlinkDirectRelative",
    layer: [...passwd, hardlink("localpasswd", "../../../../../etc/passwd")],
    taken: { etc: { "etc/passwd": "0:1" }, localpasswd: /hard link that leads out/u },
  },
  {
    name: "HardlinkDirectAbsolute",
    layer: [...passwd, hardlink("localpasswd", "/etc/passwd")],
    taken: { localpasswd: absolute, ".": { "etc/passwd": "0:1", localpasswd: "0:1" } },
  },
  {
    name: "SymlinkParentDirectory",
    layer: [...passwd, symlink("..", "/etc/"), hardlink("localpasswd", "/etc/passwd")],
    taken: { etc: { "etc/passwd": "0:1" }, localpasswd: absolute, ".": /leads out of it/u },
  },
  {
    name: "SymlinkEmptyFilename",
    layer: [...passwd, symlink("", "/etc/"), hardlink("localpasswd", "/etc/passwd")],
    taken: { localpasswd: absolute, ".": { "etc/passwd": "0:1", localpasswd: "0:1" } },
  },
  {
    name: "SymlinkParentRelative",
    layer: [...passwd, symlink("localetc/sub/..", "/etc/"), hardlink("/localetc/localpasswd", "/etc/passwd")],
    taken: { etc: /through a link/u, localetc: /has \.\. in it/u },
  },
  {
    name: "SymlinkSlashEnded",
    layer: [...passwd, folder("localetc/"), hardlink("/localetc/localpasswd", "/etc/passwd")],
    taken: { localetc: absolute, ".": { "etc/passwd": "0:1", "localetc/localpasswd": "0:1" } },
  },
  {
    name: "SymlinkOverrideDirectory",
    below: localBelow,
    layer: [symlink("localetc", "/etc"), hardlink("/localetc/localpasswd", "/etc/passwd")],
    taken: { localetc: absolute, etc: throughLink, "etc/passwd": { "etc/passwd": "0:1" } },
  },
  {
    name: "SymlinkOverrideDirectoryRelative",
    below: localBelow,
    layer: [symlink("localetc", "../../etc"), hardlink("/localetc/localpasswd", "/etc/passwd")],
    taken: { localetc: /leads out of the image/u, etc: throughLink, "etc/passwd": { "etc/passwd": "0:1" } },
  },
  {
    name: "DirectoryOverrideSymlink",
    below: [folder("/etc/"), file("/etc/passwd"), symlink("localetc", "/etc")],
    layer: [folder("/localetc/"), hardlink("/localetc/localpasswd", "/etc/passwd")],
    taken: { localetc: absolute, ".": { "etc/passwd": "0:1", "localetc/localpasswd": "0:1" } },
  },
  {
    name: "DirectoryOverrideSymlinkAndHardlink",
    below: [
      folder("/etc/"),
      file("/etc/passwd"),
      symlink("localetc", "etc"),
      hardlink("/localetc/localpasswd", "/etc/passwd"),
    ],
    layer: [folder("/localetc/"), file("/localetc/localpasswd", { size: 9 })],
    taken: { localetc: { "localetc/localpasswd": "1:1" }, "etc/passwd": { "etc/passwd": "0:1" } },
  },
  { name: "WhiteoutRootParent", below: passwd, layer: [empty(".wh...")], taken: { etc: malformed, ".": malformed } },
  {
    name: "WhiteoutParent",
    below: [...passwd, file("ui/x")],
    layer: [empty("etc/.wh...")],
    taken: { etc: malformed, ui: { "ui/x": "0:2" } },
  },
  { name: "WhiteoutRoot", below: passwd, layer: [empty(".wh..")], taken: { etc: malformed, ".": malformed } },
  {
    name: "WhiteoutCurrentDirectory",
    below: [...passwd, file("ui/x")],
    layer: [empty("etc/.wh..")],
    taken: { etc: malformed, ui: { "ui/x": "0:2" } },
  },
  {
    name: "WhiteoutSymlink",
    below: [...passwd, symlink("localetc", "/etc")],
    layer: [empty(".wh.localetc")],
    taken: { ".": { "etc/passwd": "0:1" }, localetc: undefined },
  },
  {
    name: "WhiteoutSymlinkPath",
    below: [...passwd, file("/etc/whitedout"), symlink("localetc", "/etc")],
    layer: [empty("localetc/.wh.whitedout")],
    taken: { etc: { "etc/passwd": "0:1" }, "etc/whitedout": undefined },
  },
  {
    name: "WhiteoutDirectoryName",
    below: [...passwd, file("/etc/whitedout"), symlink("localetc", "/etc")],
    layer: [file(".wh.etc/somefile")],
    taken: { etc: { "etc/passwd": "0:1", "etc/whitedout": "0:2" }, ".wh.etc": /begins with \.wh\./u },
  },
  {
    name: "WhiteoutDeadSymlinkParent",
    below: [...passwd, symlink("localetc", "/dne")],
    layer: [empty("localetc/.wh.etc")],
    taken: { etc: { "etc/passwd": "0:1" } },
  },
  {
    name: "WhiteoutRelativePath",
    below: [...passwd, symlink("localetc", "/dne"), file("ui/x")],
    layer: [empty("dne/../.wh.etc")],
    taken: { "etc/passwd": malformed, ui: { "ui/x": "0:3" } },
  },
  {
    name: "HardlinkSymlinkBeforeCreateTarget",
    layer: [
      folder("etc"),
      symlink("localpasswd", "/etc/passwd"),
      hardlink("localpasswd-dup", "localpasswd"),
      file("/etc/passwd"),
    ],
    taken: { "localpasswd-dup": hardThrough, localpasswd: absolute, etc: { "etc/passwd": "0:3" } },
  },
  {
    name: "HardlinkSymlinkRelative",
    layer: [...passwd, symlink("passwdlink", "../../../../../etc/passwd"), hardlink("localpasswd", "/passwdlink")],
    taken: { localpasswd: hardThrough, passwdlink: /leads out of the image/u, etc: { "etc/passwd": "0:1" } },
  },
  {
    name: "HardlinkSymlinkAbsolute",
    layer: [...passwd, symlink("passwdlink", "/etc/passwd"), hardlink("localpasswd", "/passwdlink")],
    taken: { localpasswd: hardThrough, passwdlink: absolute, etc: { "etc/passwd": "0:1" } },
  },
  {
    name: "HardlinkSymlinkChmod",
    layer: [
      symlink("/tmp/t/also-exists-outside-root", "/tmp/t/perm400"),
      hardlink("sketchylink", "/tmp/t/also-exists-outside-root"),
    ],
    taken: { sketchylink: hardThrough, tmp: /leads to nothing/u },
  },
];

describe("TestBreakouts", () => {
  it.each(breakouts)("$name", ({ below, layer, taken }) => {
    const tree = below === undefined ? imageOf(layer) : imageOf(below, layer);
    for (const [root, outcome] of Object.entries(taken)) expectOutcome(tree, root, outcome);
  });

  it.each(breakouts)("$name elsewhere refuses nothing", ({ below = [], layer }) => {
    const apart = (draft: Draft): Draft => ({ ...draft, path: `usr/x/${draft.path}` });
    const tree = imageOf([file("ui/x"), ...below.map(apart)], layer.map(apart));
    expect(selected(tree, "ui")).toEqual({ "ui/x": "0:0" });
  });
});

function expectOutcome(tree: ImageTree, root: string, outcome: Breakout["taken"][string]): void {
  if (outcome === undefined) expectNothing(() => tree.select([root]));
  else if (outcome instanceof RegExp) expectRefusal(() => tree.select([root]), outcome);
  else expectSelected(tree, root, outcome);
}

function expectSelected(tree: ImageTree, root: string, files: Readonly<Record<string, string>>): void {
  expect(selected(tree, root), root).toEqual(files);
}
