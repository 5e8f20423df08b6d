import type { TarFault } from "./tar-fault.ts";
import { tarLimits } from "./tar-limits.ts";

/** What stands before an entry and counts more than what its header says. */
export interface TarOverrides {
  readonly path?: string;
  readonly link?: string;
  readonly size?: number;
}

const counted: ReadonlyMap<string, keyof TarOverrides> = new Map([
  ["path", "path"],
  ["linkpath", "link"],
  ["size", "size"],
]);

const [newline, equals, zero, nine] = [0x0a, 0x3d, 0x30, 0x39];

/**
 * The records of a PAX header, `<length> <key>=<value>\n` each, as far as they count here. All others are checked for their form alone.
 * @throws BowspritError `SOURCE_REFUSED` for a record of another form, for one that counts and is empty, too long or there twice, and for
 * those of a sparse file.
 */
export function readPaxRecords(body: Buffer, fault: TarFault): TarOverrides {
  const read: { path?: string; link?: string; size?: number } = {};
  let at = 0;
  while (at < body.length) {
    const { key, from, end } = readRecord(body, at, fault);
    if (key.startsWith("GNU.sparse.")) throw fault("a sparse file");
    const name = counted.get(key);
    if (name !== undefined) {
      if (read[name] !== undefined) throw fault(`two PAX records for the ${name}`);
      if (name === "size") read.size = readSize(body.toString("latin1", from, Math.min(end, from + 17)), fault);
      else read[name] = readName(body.subarray(from, end), fault);
    }
    at = end + 1;
  }
  return read;
}

/** The key of the record at `at`, and where its value begins and ends. */
function readRecord(body: Buffer, at: number, fault: TarFault): { key: string; from: number; end: number } {
  let length = 0;
  let next = at;
  for (; next < at + 7; next += 1) {
    const byte = body[next] ?? 0;
    if (byte < zero || byte > nine) break;
    length = length * 10 + byte - zero;
  }
  const end = at + length - 1;
  if (body[at] === zero || body[next] !== 0x20 || end >= body.length) throw fault("a PAX record whose length is wrong");
  const mark = body.indexOf(equals, next);
  if (mark <= next + 1 || mark >= end || body[end] !== newline) throw fault("a PAX record whose form is wrong");
  return { key: body.toString("latin1", next + 1, mark), from: mark + 1, end };
}

function readSize(value: string, fault: TarFault): number {
  const size = /^\d{1,16}$/u.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw fault("a PAX size that is none");
  return size;
}

/**
 * A name that stands by itself.
 * @throws BowspritError `SOURCE_REFUSED` when it is empty, too long or has a NUL in it.
 */
export function readName(bytes: Buffer, fault: TarFault): string {
  if (bytes.length === 0) throw fault("an empty name");
  if (bytes.length > tarLimits.nameBytes) throw fault(`a name over ${tarLimits.nameBytes} bytes`);
  if (bytes.includes(0)) throw fault("a NUL in a name");
  return bytes.toString("latin1");
}
