import { binarySize, end, globalPax, gnuMagic, header, longName, pax, paxRecord } from "./tar-archive.ts";

/** A piece of an archive that refuses the whole, wherever it stands. */
export interface RefusedPiece {
  /** Of the matrix. */
  readonly row: string;
  readonly what: string;
  readonly piece: Buffer;
  readonly why: string;
  /** Which byte of the piece the refusal names. */
  readonly at: number;
}

const record = paxRecord("path", "p");

type Case = readonly [row: string, what: string, piece: Buffer, why: string, at?: number];
const cases: readonly Case[] = [
  ["A30", "a NUL in a PAX path", pax(paxRecord("path", "a\0b")), "a NUL in a name", 512],
  ["A30", "a NUL in a PAX link", pax(paxRecord("linkpath", "\0")), "a NUL in a name", 512],
  ["A30", "a NUL in a long name", longName("a\0b"), "a NUL in a name", 512],
  ["A31", "an empty PAX path", pax(paxRecord("path", "")), "an empty name", 512],
  ["A31", "an empty long name", longName(""), "an empty name", 512],
  ["A31", "a long name without bytes", header({ type: "L" }), "an empty name", 512],
  ["A31", "two paths", pax(record, record), "two PAX records for the path", 512],
  ["A31", "a size in words", pax(paxRecord("size", "one")), "a PAX size that is none", 512],
  ["A31", "no size", pax(paxRecord("size", "")), "a PAX size that is none", 512],
  ["A31", "a size below 0", pax(paxRecord("size", "-1")), "a PAX size that is none", 512],
  ["A31", "a size in hexadecimal", pax(paxRecord("size", "0x10")), "a PAX size that is none", 512],
  ["A31", "a size of 2^53", pax(paxRecord("size", "9007199254740992")), "a PAX size that is none", 512],
  ["A31", "a size of many digits", pax(paxRecord("size", "9".repeat(400))), "a PAX size that is none", 512],
  ["A31", "a size after many noughts", pax(paxRecord("size", `${"0".repeat(17)}1`)), "a PAX size that is none", 512],
  ["A31", "a record without a length", pax("path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length of 0", pax("0 path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length after a nought", pax("010 path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length beyond the header", pax("11 path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length of eight digits", pax("10000000 path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length below 0", pax("-9 path=p\n"), "a PAX record whose length is wrong", 512],
  ["A31", "a length too short", pax("8 path=p\n"), "a PAX record whose form is wrong", 512],
  ["A31", "a length that ends in its own key", pax("4 path=p\n"), "a PAX record whose form is wrong", 512],
  ["A31", "a record without a key", pax("5 =p\n"), "a PAX record whose form is wrong", 512],
  ["A31", "a record without an equals sign", pax("9 pathp.\n", record), "a PAX record whose form is wrong", 512],
  ["A31", "a record without a line break", pax("9 path=pp"), "a PAX record whose form is wrong", 512],
  ["A31", "zeros among the records", pax(`${record}\0`), "a PAX record whose length is wrong", 512],
  [
    "A32",
    "a PAX header for a PAX header",
    Buffer.concat([pax(record), pax()]),
    "a header that applies to another header",
    1024,
  ],
  [
    "A32",
    "a PAX header for a global one",
    Buffer.concat([pax(record), globalPax()]),
    "a header that applies to another header",
    1024,
  ],
  [
    "A32",
    "a PAX header for a long name",
    Buffer.concat([pax(record), longName("n")]),
    "a header that applies to another header",
    1024,
  ],
  [
    "A32",
    "a long name for a PAX header",
    Buffer.concat([longName("n"), pax(record)]),
    "a header that applies to another header",
    1024,
  ],
  [
    "A32",
    "two long names",
    Buffer.concat([longName("n"), longName("n")]),
    "a header that applies to another header",
    1024,
  ],
  [
    "A32",
    "a third long name",
    Buffer.concat([longName("n"), longName("l", "K"), longName("n")]),
    "a header that applies to another header",
    2048,
  ],
  [
    "A32",
    "a PAX header for the end",
    Buffer.concat([pax(record), end]),
    "the end of the archive where an entry belongs",
    1024,
  ],
  ["A32", "one name for all", globalPax(record), "one name, link or size for all entries", 512],
  ["A32", "one size for all", globalPax(paxRecord("size", "0")), "one name, link or size for all entries", 512],
  [
    "A33",
    "a PAX header over 1 MiB",
    header({ type: "x", size: 1_048_577 }),
    "a header of 1048577 bytes, more than 1048576",
  ],
  [
    "A33",
    "a global one over 1 MiB",
    header({ type: "g", size: 1_048_577 }),
    "a header of 1048577 bytes, more than 1048576",
  ],
  ["A33", "a long name over 64 KiB", longName("n".repeat(65_537)), "a header of 65538 bytes, more than 65537"],
  ["A33", "a PAX path over 64 KiB", pax(paxRecord("path", "n".repeat(65_537))), "a name over 65536 bytes", 512],
  ["A37", "an old GNU sparse file", header({ type: "S", magic: gnuMagic }), "a sparse file"],
  ["A37", "a PAX sparse file", pax(paxRecord("GNU.sparse.major", "1")), "a sparse file", 512],
  ["A37", "sparse files all", globalPax(paxRecord("GNU.sparse.realsize", "1099511627776")), "a sparse file", 512],
  ["A39", "a size below 0", header({ size: binarySize(-1n) }), "a negative number"],
  ["A39", "a size far below 0", header({ size: `\xff${"\0".repeat(11)}` }), "a negative number"],
  ["A39", "a PAX header's size below 0", header({ type: "x", size: binarySize(-512n) }), "a negative number"],
  ["A39", "a size of 2^53", header({ size: binarySize(2n ** 53n) }), "a number over 2^53"],
  ["A39", "a size of 2^94", header({ size: `\xbf${"\xff".repeat(11)}` }), "a number over 2^53"],
  ["A40", "a size that is not octal", header({ size: "00000000009\0" }), "a number that is not octal"],
  ["A40", "a size below 0 in octal", header({ size: "-0000000001\0" }), "a number without digits"],
  ["A40", "a size in hexadecimal", header({ size: "0x000000001\0" }), "a number that is not octal"],
  ["A40", "a size of spaces", header({ size: " ".repeat(12) }), "a number without digits"],
  ["A40", "a size with something behind it", header({ size: "5\x000\0" }), "a number that is not octal"],
  ["A40", "a size that begins with a NUL", header({ size: "\x005\0" }), "a number that is not octal"],
  ["A40", "a mode that is none", header({ mode: "rw-r--r--" }), "a number without digits"],
  [
    "A40",
    "a size of 1 PiB",
    header({ size: binarySize(2n ** 50n) }),
    "1125899906842624 bytes of data, more than there can be",
  ],
  ["A41", "a wrong checksum", header({ checksumError: 1 }), "the checksum of a header is wrong"],
  [
    "A41",
    "a wrong checksum of a PAX header",
    header({ type: "x", checksumError: -1 }),
    "the checksum of a header is wrong",
  ],
  [
    "A41",
    "a folder by its name, wrong",
    header({ name: "\0/", checksumError: 1 }),
    "the checksum of a header is wrong",
  ],
  ["A42", "data after the end", Buffer.concat([end, Buffer.from("x")]), "something after the end of the archive", 1024],
  ["A42", "an entry after the end", Buffer.concat([end, header()]), "something after the end of the archive", 1024],
  ["A42", "an entry after a block of zeros", Buffer.alloc(512), "something after the end of the archive", 512],
  [
    "A42",
    "data long after the end",
    Buffer.concat([Buffer.alloc(200_000), Buffer.from("x")]),
    "something after the end of the archive",
    200_000,
  ],
  ["A43", "garbage", Buffer.alloc(512, "garbage"), "the checksum of a header is wrong"],
  ["A43", "less than a block of garbage", Buffer.from("garbage"), "the checksum of a header is wrong"],
  ["A43", "garbage with a checksum", header({ magic: "garbage" }), "a header that is neither ustar nor GNU"],
  ["A43", "a header older than ustar", header({ magic: "" }), "a header that is neither ustar nor GNU"],
  [
    "A43",
    "a block that is zero but for its end",
    Buffer.concat([Buffer.alloc(511), Buffer.from("x")]),
    "the checksum of a header is wrong",
  ],
  ["A44", "a name without bytes", header({ name: "" }), "an entry without a name"],
  ["A44", "a file whose name says that it is a folder", header({ name: "a/" }), "a file whose name ends in a slash"],
  ["A44", "a contiguous one", header({ type: "7", name: "a/" }), "a file whose name ends in a slash"],
  ...["2", "3", "4", "5", "6"].map((type) => withData(type)),
  ["A44", "a folder of old with data", header({ type: "\0", name: "a/", size: 1 }), "a folder with data"],
  [
    "A44",
    "a PAX size for a folder",
    Buffer.concat([pax(paxRecord("size", "1")), header({ type: "5" })]),
    "a folder with data",
    1024,
  ],
  ...["8", "9", "A", "D", "M", "N", "V", "X", "Z", "a", "z", " ", "\x01", "\xff"].map((type) => unknownType(type)),
];

function withData(type: string): Case {
  const kind = { "2": "symlink", "5": "folder", "6": "fifo" }[type] ?? "device";
  return ["A44", `data of type ${type}`, header({ type, size: 1 }), `a ${kind} with data`];
}

function unknownType(type: string): Case {
  const shown = /[!-~]/u.test(type) ? type : `0x${type.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return ["A44", `the type ${shown}`, header({ type }), `an entry of type ${shown}`];
}

/** All of them. */
export const refusedPieces: readonly RefusedPiece[] = cases.map(([row, what, piece, why, at = 0]) => ({
  row,
  what,
  piece,
  why,
  at,
}));
