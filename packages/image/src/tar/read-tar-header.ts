import { readTarNumber } from "./read-tar-number.ts";
import type { TarFault } from "./tar-fault.ts";

/** All there is in tar comes in blocks of so many bytes. */
export const blockBytes = 512;

/** What a header block says by itself. Names are not read: something before it may have said them at length. */
export interface TarHeader {
  /** The character of the type: `0` for a file, NUL in older archives. */
  readonly type: string;
  readonly size: number;
  readonly mode: number;
}

/**
 * Reads a header block, which begins at `start`.
 * @throws BowspritError `SOURCE_REFUSED` for a wrong checksum, for what is neither ustar nor GNU, for a number that is none.
 */
export function readTarHeader(block: Buffer, start: number, fault: TarFault): TarHeader {
  const wrong: TarFault = () => fault("the checksum of a header is wrong");
  const checksum = readTarNumber(block, [start + 148, start + 156], wrong);
  if (!hasChecksum(block, start, checksum)) throw wrong("");
  if (!isUstar(block, start) && block.toString("latin1", start + 257, start + 265) !== "ustar  \0")
    throw fault("a header that is neither ustar nor GNU");
  return {
    type: block.toString("latin1", start + 156, start + 157),
    size: readTarNumber(block, [start + 124, start + 136], fault),
    mode: readTarNumber(block, [start + 100, start + 108], fault) & 0o7777,
  };
}

/** The name in a header block, with its prefix. Only ustar has one: GNU tar keeps times there. */
export function headerPath(block: Buffer, start: number): string {
  const name = text(block, start, 100);
  if (block[start + 345] === 0 || !isUstar(block, start)) return name;
  return `${text(block, start + 345, 155)}/${name}`;
}

/** The link in a header block. */
export function headerLink(block: Buffer, start: number): string {
  return text(block, start + 157, 100);
}

function isUstar(block: Buffer, start: number): boolean {
  return block.toString("latin1", start + 257, start + 263) === "ustar\0";
}

/** The field up to its first NUL, if it has one. */
function text(block: Buffer, from: number, bytes: number): string {
  let end = from;
  while (end < from + bytes && block[end] !== 0) end += 1;
  return block.toString("latin1", from, end);
}

/** The sum is over all bytes, its own field taken for spaces. Some old programs added signed bytes, and GNU tar accepts that. */
function hasChecksum(block: Buffer, start: number, expected: number): boolean {
  let sum = 8 * 0x20;
  let high = 0;
  for (let at = start; at < start + blockBytes; at += 1) {
    if (at === start + 148) at += 8;
    const byte = block[at] ?? 0;
    sum += byte;
    high += byte >> 7;
  }
  return sum === expected || sum - high * 256 === expected;
}
