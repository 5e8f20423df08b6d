import { constants, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { ZstdFrames } from "./zstd-frames.ts";

const skip = Buffer.from("5f2a4d1803000000aabbcc", "hex");
const frames = [
  zstdCompressSync(Buffer.from("one")),
  zstdCompressSync(Buffer.alloc(0)),
  zstdCompressSync(Buffer.alloc(300_000), { params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
  zstdCompressSync(Buffer.from("x".repeat(70_000)), { params: { [constants.ZSTD_c_contentSizeFlag]: 0 } }),
];
const stream = Buffer.concat([skip, ...frames.flatMap((frame) => [frame, skip])]);

function split(bytes: Buffer, cut: number): readonly Buffer[] {
  const scanner = new ZstdFrames();
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += cut) pieces.push(...scanner.split(bytes.subarray(at, at + cut)));
  scanner.finish();
  return pieces;
}

test("every frame ends with a piece, none is lost, and those to be skipped are, wherever the stream was cut", () => {
  const ends = frames.map((_, at) => Buffer.concat(frames.slice(0, at + 1)).length);
  for (let cut = 1; cut <= stream.length; cut += 1) {
    const pieces = split(stream, cut);
    expect(Buffer.concat(pieces).equals(Buffer.concat(frames))).toBe(true);
    let bytes = 0;
    const pieceEnds = pieces.map((piece) => (bytes += piece.length));
    expect(pieceEnds).toEqual(expect.arrayContaining(ends));
  }
});

test("a stream that ends inside a frame is not whole", () => {
  const [frame = Buffer.alloc(0)] = frames;
  for (let length = 0; length < frame.length; length += 1)
    expect(() => split(frame.subarray(0, length), 5)).toThrow("ends too early");
  expect(() => split(Buffer.concat([frame, skip.subarray(0, -1)]), 5)).toThrow("ends too early");
  expect(() => split(skip, 5)).toThrow("ends too early");
});

test("what is no frame is refused where it begins", () => {
  expect(() => split(Buffer.from("text"), 5)).toThrow("it is no zstd");
  expect(() => split(Buffer.concat([stream, Buffer.alloc(4)]), 5)).toThrow("something follows after its end");
  expect(() => split(Buffer.from("28b52ffd0000070000", "hex"), 5)).toThrow("a block of an unknown kind");
});

test("more than 100,000 frames are refused", () => {
  const many = Buffer.concat(Array.from({ length: 100_001 }, () => frames[1] ?? skip));
  expect(() => split(many, 65_536)).toThrow("more than 100000 frames");
});
