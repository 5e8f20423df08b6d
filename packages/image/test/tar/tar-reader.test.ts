import { describe, expect, it } from "vitest";
import { createTarReader } from "../../src/tar/create-tar-reader.ts";
import { readArchive } from "./read-archive.ts";
import {
  binarySize,
  end,
  globalPax,
  gnuMagic,
  header,
  type HeaderFields,
  longName,
  member,
  pax,
  paxRecord,
} from "./tar-archive.ts";

/** The one entry of an archive of these pieces. */
function only(...pieces: readonly Buffer[]): unknown {
  const entries = readArchive(Buffer.concat([...pieces, end]));
  expect(entries).toHaveLength(1);
  return entries[0];
}

const file = { path: "a", kind: "file", size: 0, mode: 0o644, link: "", ordinal: 0, offset: 512, data: "" };

describe("an entry", () => {
  it("has the name, size, mode, place and data of its header", () => {
    expect(only(member({ name: "./dir/file", mode: "0104755\0" }, "hello"))).toEqual({
      ...file,
      path: "./dir/file",
      size: 5,
      mode: 0o4755,
      data: "hello",
    });
  });

  const kinds: readonly (readonly [string, HeaderFields, object])[] = [
    ["a file", { type: "0" }, {}],
    ["a file of old", { type: "\0" }, {}],
    ["a contiguous file", { type: "7" }, {}],
    ["a hard link", { type: "1", link: "b" }, { kind: "hardlink", link: "b" }],
    ["a symlink", { type: "2", link: "../b" }, { kind: "symlink", link: "../b" }],
    ["a character device", { type: "3" }, { kind: "device" }],
    ["a block device", { type: "4" }, { kind: "device" }],
    ["a folder", { type: "5", name: "a/" }, { kind: "folder", path: "a/" }],
    ["a folder of old, told by its slash", { type: "\0", name: "a/" }, { kind: "folder", path: "a/" }],
    ["a pipe", { type: "6" }, { kind: "fifo" }],
    ["a link of what is none", { type: "5", link: "b" }, { kind: "folder" }],
    [
      "a hard link that tells the size of its file",
      { type: "1", link: "b", size: 99 },
      { kind: "hardlink", link: "b" },
    ],
    ["a name that fills its field", { name: "n".repeat(100) }, { path: "n".repeat(100) }],
    ["a prefix", { name: "b", prefix: "a/b" }, { path: "a/b/b" }],
    ["a prefix that fills its field", { name: "b", prefix: "p".repeat(155) }, { path: `${"p".repeat(155)}/b` }],
    ["GNU's times, which stand where the prefix does", { magic: gnuMagic, prefix: "13245" }, {}],
    ["a name in any encoding", { name: "\xff\x80\xe4" }, { path: "\xff\x80\xe4" }],
    ["a sum of signed bytes", { name: "\xff\x80\xe4", isSigned: true }, { path: "\xff\x80\xe4" }],
    ["numbers after spaces", { mode: "    644 ", size: "          0 " }, {}],
    ["no numbers at all", { mode: "", size: "" }, { mode: 0 }],
  ];
  it.each(kinds)("may be %s", (_, fields, expected) => {
    expect(only(header(fields))).toEqual({ ...file, ...expected });
  });

  it("may tell its size in base 256", () => {
    expect(only(member({ size: binarySize(5n), magic: gnuMagic }, "hello"))).toMatchObject({ size: 5, data: "hello" });
  });
});

describe("headers before an entry", () => {
  it("say its name, its link and its size instead of its own", () => {
    const records = [paxRecord("path", "long"), paxRecord("mtime", "1.5"), paxRecord("size", "5")];
    expect(only(pax(...records), member({ name: "short", size: 0 }, "hello"))).toEqual({
      ...file,
      path: "long",
      size: 5,
      offset: 1536,
      data: "hello",
    });
    expect(only(pax(paxRecord("linkpath", "far")), header({ type: "2", link: "near" }))).toMatchObject({ link: "far" });
  });

  it("are of one entry", () => {
    const archive = Buffer.concat([pax(paxRecord("path", "p")), header(), header({ name: "b" }), end]);
    expect(readArchive(archive).map(({ path, ordinal }) => [path, ordinal])).toEqual([
      ["p", 0],
      ["b", 1],
    ]);
  });

  it("of GNU tar give a long name and a long link, in any order", () => {
    const names = [longName("n".repeat(300)), longName("l".repeat(300), "K")];
    for (const order of [names, names.toReversed()])
      expect(only(...order, header({ type: "2" }))).toMatchObject({ path: "n".repeat(300), link: "l".repeat(300) });
    expect(only(member({ type: "L" }, "without NUL"), header())).toMatchObject({ path: "without NUL" });
  });

  it("keep what is theirs: bytes, digits, line breaks, equals signs", () => {
    for (const path of ["12345", "0", "a=b", "line\nbreak", "\xc3\xa4\xff", "__proto__", "p".repeat(65_536)])
      expect(only(pax(paxRecord("path", path)), header())).toMatchObject({ path });
  });

  it("may hold what is no business of ours", () => {
    const records = [
      paxRecord("SCHILY.xattr.security.capability", "\0\x01\0"),
      paxRecord("path.x", ""),
      paxRecord("link", "x"),
    ];
    expect(only(pax(...records), header({ type: "2", link: "l" }))).toMatchObject({ path: "a", link: "l" });
    expect(only(globalPax(paxRecord("comment", "of git")), globalPax(), pax(), header())).toMatchObject({ path: "a" });
  });
});

describe("an archive", () => {
  it.each([
    ["no blocks of zeros at its end, as GNU tar and Go allow", 0],
    ["one block of zeros at its end, of which GNU tar only warns", 512],
    ["two", 1024],
    ["zeros up to a tape's record", 10_240],
    ["zeros up to nowhere", 70_001],
  ])("may have %s", (_, bytes) => {
    expect(readArchive(Buffer.concat([member({}, "hello"), Buffer.alloc(bytes)]))).toHaveLength(1);
  });

  it("may be empty but for its end", () => {
    expect(readArchive(end)).toEqual([]);
  });

  it("is told without the data that are not wanted", () => {
    const archive = Buffer.concat([member({ name: "a" }, "no"), member({ name: "b" }, "yes"), end]);
    const read = readArchive(archive, { isWanted: ({ path }) => path === "b" });
    expect(read.map(({ path, data }) => [path, data])).toEqual([
      ["a", undefined],
      ["b", "yes"],
    ]);
  });

  it("is handed on without a copy", () => {
    const archive = member({}, "hello");
    const seen: Buffer[] = [];
    const reader = createTarReader(
      { entry: () => true, data: (chunk) => void seen.push(chunk), end: () => {} },
      { attempt: "read it" },
    );
    reader.write(archive);
    expect(seen.map(({ buffer, byteOffset }) => [buffer === archive.buffer, byteOffset])).toEqual([
      [true, archive.byteOffset + 512],
    ]);
  });

  it("is not read on after its handler failed", () => {
    const reason = new Error("the disk is full");
    const fail = (): never => {
      throw reason;
    };
    const reader = createTarReader({ entry: fail, data: fail, end: fail }, { attempt: "read it" });
    for (const act of [() => reader.write(header()), () => reader.write(end), () => reader.finish()])
      expect(act).toThrow(reason);
  });
});
