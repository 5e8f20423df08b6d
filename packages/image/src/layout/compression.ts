/** How a layer or an archive is stored. */
export type Compression = "none" | "gzip" | "zstd";

const zstdMagic = Buffer.from("28b52ffd", "hex");

/** Other things that a file may be, by their first bytes, for the message that refuses them. */
const others: readonly (readonly [name: string, magic: Buffer])[] = [
  ["xz", Buffer.from("fd377a585a00", "hex")],
  ["bzip2", Buffer.from("BZh")],
  ["zip", Buffer.from("PK\u0003\u0004")],
];

/** How many first bytes {@link sniffCompression} looks at. */
export const magicBytes = 6;

/** Tells by its first bytes how something is stored; zstd may begin with a frame that is to be skipped. */
export function sniffCompression(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head.subarray(0, 4).equals(zstdMagic)) return "zstd";
  return isSkippableFrame(head) ? "zstd" : "none";
}

/** The name of a form that is known but not read here. */
export function foreignForm(head: Buffer): string | undefined {
  return others.find(([, magic]) => head.subarray(0, magic.length).equals(magic))?.[0];
}

/** RFC 8878: four bytes from 0x184D2A50 to 0x184D2A5F, little-endian. */
export function isSkippableFrame(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) & 0xff_ff_ff_f0) >>> 0 === 0x18_4d_2a_50;
}
