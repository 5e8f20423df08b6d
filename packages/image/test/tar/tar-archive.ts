/** The fields of a header block, each as it stands there. Whatever is left out is right; whatever is given may be wrong. */
export interface HeaderFields {
  readonly name?: string;
  readonly mode?: string;
  /** A number becomes octal. */
  readonly size?: number | string;
  readonly type?: string;
  readonly link?: string;
  readonly magic?: string;
  readonly prefix?: string;
  /** Added to the sum of the block. */
  readonly checksumError?: number;
  /** Sums signed bytes, as some old programs did. */
  readonly isSigned?: boolean;
}

/** The two blocks of zeros that end an archive. */
export const end: Buffer = Buffer.alloc(1024);

/** The magic and version that GNU tar writes in its own format. */
export const gnuMagic = "ustar  \0";

/** A header block of a file named `a` without data, but for what is given. */
export function header(fields: HeaderFields = {}): Buffer {
  const {
    name = "a",
    mode = "0000644\0",
    size = 0,
    type = "0",
    link = "",
    magic = "ustar\x0000",
    prefix = "",
  } = fields;
  const block = Buffer.alloc(512);
  const put = (text: string, at: number): unknown => block.write(text, at, "latin1");
  put(name, 0);
  put(mode, 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(typeof size === "number" ? `${size.toString(8).padStart(11, "0")}\0` : size, 124);
  put("00000000000\0", 136);
  put(type, 156);
  put(link, 157);
  put(magic, 257);
  put(prefix, 345);
  return seal(block, fields);
}

/** Puts the checksum of a block where it belongs. */
export function seal(block: Buffer, { checksumError = 0, isSigned = false }: HeaderFields = {}): Buffer {
  block.fill(" ", 148, 156);
  let sum = checksumError;
  for (let at = 0; at < block.length; at += 1) {
    const byte = block[at] ?? 0;
    sum += isSigned && byte > 127 ? byte - 256 : byte;
  }
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** An entry with its data, whose size is told right unless the fields say otherwise. */
export function member(fields: HeaderFields, data: string | Buffer = ""): Buffer {
  const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : data;
  return Buffer.concat([header({ size: bytes.length, ...fields }), bytes, Buffer.alloc(-bytes.length & 511)]);
}

/** A record of a PAX header. Its length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return `${length}${rest}`;
}

/** A PAX header for the next entry. */
export function pax(...records: readonly string[]): Buffer {
  return member({ name: "PaxHeaders/a", type: "x" }, records.join(""));
}

/** A PAX header for all entries that follow. */
export function globalPax(...records: readonly string[]): Buffer {
  return member({ name: "PaxHeaders/g", type: "g" }, records.join(""));
}

/** GNU's header for a long name, or with `K` for a long link. */
export function longName(name: string, type: "L" | "K" = "L"): Buffer {
  return member({ name: "././@LongLink", type, magic: gnuMagic }, `${name}\0`);
}

/** The twelve bytes of a size in base 256. */
export function binarySize(value: bigint): string {
  const bytes = Buffer.alloc(12, value < 0n ? 0xff : 0);
  bytes.writeBigInt64BE(value, 4);
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes.toString("latin1");
}
