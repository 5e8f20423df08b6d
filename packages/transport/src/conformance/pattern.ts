const period = 251;
const source = Buffer.alloc(
  period * 1024,
  Uint8Array.from({ length: period }, (_, index) => index),
);

/** Bytes whose value says where in the stream they belong: a lost, doubled or misplaced byte shows. */
export function pattern(from: number, length: number): Uint8Array {
  const start = from % period;
  if (start + length <= source.length) return source.subarray(start, start + length);
  return Uint8Array.from({ length }, (_, index) => (from + index) % period);
}

/** The place of the first byte that is not the pattern's; -1 when all are. `from` is where in the stream the bytes begin. */
export function firstFlaw(bytes: Uint8Array, from: number): number {
  return Buffer.compare(bytes, pattern(from, bytes.length)) === 0
    ? -1
    : bytes.findIndex((byte, index) => byte !== (from + index) % period);
}
