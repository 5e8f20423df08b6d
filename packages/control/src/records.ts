import { BowspritError, ErrorCode } from "@bowsprit/core";

/** The kinds of record in the answer to a forwarded request: the head, data, an error, the end. */
export type RecordKind = "H" | "D" | "E" | ".";

/** Takes what a {@link RecordReader} reads. A record of data may come in several pieces, the others come whole. */
export type TakeRecord = (kind: RecordKind, payload: Buffer) => void;

/** Reads records from a stream as it comes. */
export interface RecordReader {
  /** @throws BowspritError `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`. */
  feed(chunk: Buffer): void;
}

const prefixBytes = 5;

/** Heads and errors are small; only data may be long. */
const maxWholeBytes = 1_048_576;

/** What goes before the payload of a record: its kind and its length. */
export function recordPrefix(kind: RecordKind, length: number): Buffer {
  const prefix = Buffer.allocUnsafe(prefixBytes);
  prefix.write(kind, 0, "latin1");
  prefix.writeUInt32BE(length, 1);
  return prefix;
}

/** A whole record whose payload is JSON. */
export function jsonRecord(kind: "H" | "E", value: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(value));
  return Buffer.concat([recordPrefix(kind, payload.length), payload]);
}

/** A reader at the beginning of a stream. Data is handed on without being copied or gathered. */
export function createRecordReader(take: TakeRecord): RecordReader {
  let held: Buffer = Buffer.alloc(0);
  let kind: RecordKind | undefined;
  let missing = 0;

  const begin = (prefix: Buffer): void => {
    kind = kindOf(prefix);
    missing = prefix.readUInt32BE(1);
    if (kind !== "D" && missing > maxWholeBytes) {
      throw new BowspritError(ErrorCode.MessageTooLarge, `read an answer: a record is over ${maxWholeBytes} bytes`);
    }
    if (missing === 0) finish(Buffer.alloc(0));
  };
  const finish = (payload: Buffer): void => {
    const whole = kind ?? ".";
    kind = undefined;
    missing = 0;
    take(whole, payload);
  };
  /** What was used of the bytes; 0 where more must come first. */
  const step = (bytes: Buffer): number => {
    if (kind === undefined) {
      if (bytes.length < prefixBytes) return 0;
      begin(bytes.subarray(0, prefixBytes));
      return prefixBytes;
    }
    if (bytes.length >= missing) {
      const used = missing;
      finish(bytes.subarray(0, used));
      return used;
    }
    if (kind !== "D") return 0;
    missing -= bytes.length;
    take("D", bytes);
    return bytes.length;
  };

  return {
    feed(chunk) {
      let rest = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let used = -1; used !== 0 && rest.length > 0; rest = rest.subarray(used)) used = step(rest);
      held = rest;
    },
  };
}

function kindOf(prefix: Buffer): RecordKind {
  const kind = prefix.toString("latin1", 0, 1);
  if (kind === "H" || kind === "D" || kind === "E" || kind === ".") return kind;
  throw new BowspritError(ErrorCode.MessageMalformed, "read an answer: not a record of the daemon's");
}
