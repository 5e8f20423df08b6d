import type { TarFault } from "./tar-fault.ts";

/** A field of a header block: its first byte and the one after its last. */
export type TarField = readonly [from: number, to: number];

const [space, zero, seven] = [0x20, 0x30, 0x37];

/**
 * A number of a header: octal digits after spaces, up to a NUL or a space, or base-256 when its first bit is set. A field of NULs is 0, as
 * GNU tar and Go read it.
 * @throws BowspritError `SOURCE_REFUSED` for anything else, a negative number, and one over 2^53 - 1.
 */
export function readTarNumber(block: Buffer, [from, to]: TarField, fault: TarFault): number {
  const first = block[from] ?? 0;
  if (first >= 0x80) return readBinary(block, [from, to], fault);
  let at = from;
  while (at < to && block[at] === space) at += 1;
  const digits = at;
  let value = 0;
  for (; at < to; at += 1) {
    const byte = block[at] ?? 0;
    if (byte < zero || byte > seven) break;
    value = value * 8 + byte - zero;
  }
  if (at === digits && first !== 0) throw fault("a number without digits");
  for (; at < to; at += 1) {
    if (block[at] !== 0 && block[at] !== space) throw fault("a number that is not octal");
  }
  return value;
}

function readBinary(block: Buffer, [from, to]: TarField, fault: TarFault): number {
  const first = block[from] ?? 0;
  if ((first & 0x40) !== 0) throw fault("a negative number");
  let value = first & 0x3f;
  for (let at = from + 1; at < to; at += 1) {
    value = value * 256 + (block[at] ?? 0);
    if (value > Number.MAX_SAFE_INTEGER) throw fault("a number over 2^53");
  }
  return value;
}
