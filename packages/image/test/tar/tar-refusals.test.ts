import { BowspritError, ErrorCode } from "@bowsprit/core";
import { expect, it } from "vitest";
import { createTarReader } from "../../src/tar/create-tar-reader.ts";
import { readArchive, type ReadOptions } from "./read-archive.ts";
import { refusedPieces } from "./refused-pieces.ts";
import { end, header, type HeaderFields, longName, member, pax, paxRecord } from "./tar-archive.ts";

/** Why an archive is refused, and at which byte, when it comes at once and when it comes in pieces. */
function refusalOf(archive: Buffer, { piece = 1, ...options }: ReadOptions & { piece?: number } = {}): string {
  const messages = [archive.length, piece].map((bytes) => {
    try {
      return `read: ${JSON.stringify(readArchive(archive, { ...options, cut: () => bytes }))}`;
    } catch (error) {
      if (!BowspritError.is(error, ErrorCode.SourceRefused)) throw error;
      return error.message;
    }
  });
  expect(messages[1]).toBe(messages[0]);
  return messages[0] ?? "";
}

const size8GiB = "77777777777\0";
const record = paxRecord("path", "p");
const ahead = member({ name: "good" }, "good");

it.each(refusedPieces)("$row: refuses $what", ({ piece, why, at }) => {
  const message = (place: number): string => `read a.tar: not a tar archive at byte ${place + at}: ${why}`;
  const rest = Buffer.concat([header({ name: "next" }), end]);
  expect(refusalOf(Buffer.concat([piece, rest]))).toBe(message(0));
  expect(refusalOf(Buffer.concat([ahead, piece, rest]))).toBe(message(1024));
  expect(refusalOf(Buffer.concat([ahead, piece, rest]), { isWanted: () => false })).toBe(message(1024));
});

it("A38: refuses an archive cut anywhere but between two entries, and one of no bytes", () => {
  const pieces = [ahead, pax(record), header(), longName("n".repeat(600)), member({ name: "b" }, "b".repeat(700))];
  const archive = Buffer.concat(pieces);
  const between = [1024, 2560, archive.length];
  const isNearSeam = (bytes: number): boolean => bytes % 512 < 5 || bytes % 512 > 508 || bytes % 31 === 0;
  for (let bytes = 1; bytes <= archive.length; bytes += 1) {
    if (!isNearSeam(bytes)) continue;
    const refusal = refusalOf(archive.subarray(0, bytes), { piece: 500 });
    const outcome = refusal.startsWith("read: ") ? "read" : refusal;
    const cut = `read a.tar: not a tar archive at byte ${bytes}: it ends too early`;
    expect(outcome).toBe(between.includes(bytes) ? "read" : cut);
  }
  expect(refusalOf(Buffer.alloc(0))).toBe("read a.tar: not a tar archive at byte 0: it is empty");
});

it("A38: refuses garbage between the data of an entry and the next", () => {
  const archive = Buffer.concat([ahead, header(), end]);
  archive[1023] = 1;
  expect(refusalOf(archive)).toBe("read a.tar: not a tar archive at byte 1023: something between two entries");
});

const large: HeaderFields = { name: "large", size: size8GiB };

it("A40: refuses 8 GiB at the header when the archive is known to be smaller, and at the end when not", () => {
  const archive = Buffer.concat([ahead, header(large), end]);
  expect(refusalOf(archive, { maxBytes: archive.length })).toBe(
    "read a.tar: not a tar archive at byte 1024: 8589934591 bytes of data, more than there can be",
  );
  const before = process.memoryUsage();
  expect(refusalOf(archive)).toBe("read a.tar: not a tar archive at byte 2560: it ends too early");
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(1024 ** 2);
});

it("reads an archive to the last byte it may have", () => {
  expect(readArchive(ahead, { maxBytes: 516 })).toHaveLength(1);
  expect(refusalOf(ahead, { maxBytes: 515 })).toContain("at byte 0: 4 bytes of data, more than there can be");
});

it("A34: refuses more entries than it was told to read", () => {
  const archive = Buffer.concat([ahead, pax(record), header(), end]);
  expect(readArchive(archive, { maxEntries: 2 })).toHaveLength(2);
  expect(refusalOf(archive, { maxEntries: 1 })).toBe("read a.tar: not a tar archive at byte 2048: more than 1 entries");
});

it("says the same again after a refusal, and tells its handler nothing more", () => {
  let told = 0;
  const tell = (): boolean => {
    told += 1;
    return true;
  };
  const reader = createTarReader({ entry: tell, data: tell, end: tell }, { attempt: "read it" });
  const refusal = /^read it: not a tar archive at byte 0: the checksum of a header is wrong$/u;
  expect(() => reader.write(Buffer.alloc(512, "x"))).toThrow(refusal);
  expect(() => reader.write(header())).toThrow(refusal);
  expect(() => reader.finish()).toThrow(refusal);
  expect(told).toBe(0);
});
