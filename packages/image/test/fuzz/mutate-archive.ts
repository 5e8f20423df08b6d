import type { SeededRandom } from "../tar/seeded-random.ts";
import { binarySize, seal } from "../tar/tar-archive.ts";
import { seedArchives } from "./seed-archives.ts";

type Mutation = (archive: Buffer, random: SeededRandom) => Buffer;

const blockBytes = 512;
const tellingBytes = [0, 0xff, 0x80, 0x7f, 0x20, 0x30, 0x37, 0x38, 0x39, 0x3d, 0x0a, 0x2f] as const;

/** Fields of a header: where each begins, and what may stand there. */
const fields: readonly [Field, ...Field[]] = [
  [124, ["00000000000\0", "77777777777\0", "00000001000\0", "           1", "-0000000001\0", "\0".repeat(12)]],
  [124, [binarySize(-1n), binarySize(1n), binarySize(2n ** 53n), binarySize(2n ** 40n), "\xff".repeat(12)]],
  [124, ["00004000001\0", "00004000000\0", "00000200001\0", "00000200002\0"]],
  [100, ["0000755\0", "\0".repeat(8), "9999999\0", "\x80\0\0\0\0\0\0\x01"]],
  [148, ["\0".repeat(8), "777777\0 ", "\x80\0\0\0\0\0\x20\0"]],
  [156, ["\0", "0", "1", "2", "3", "4", "5", "6", "7", "x", "g", "L", "K", "S", "V", "Z"]],
  [257, ["ustar\x0000", "ustar  \0", "\0".repeat(8)]],
  [0, ["\0", "a/\0", "n".repeat(100), "/\0"]],
  [345, ["\0", "p".repeat(155)]],
];
type Field = readonly [at: number, values: readonly [string, ...string[]]];

const mutations: readonly [Mutation, ...Mutation[]] = [
  (archive, random) => {
    for (let times = 1 + random.below(4); times > 0; times -= 1) {
      const at = random.below(archive.length);
      archive[at] = (archive[at] ?? 0) ^ (1 << random.below(8));
    }
    return archive;
  },
  (archive, random) => {
    archive[random.below(archive.length)] = random.pick(tellingBytes);
    return archive;
  },
  writeField,
  writeField,
  writeField,
  (archive, random) => {
    archive[blockAt(archive, random) + 156] = random.below(256);
    return archive;
  },
  // Somewhere among the records of a PAX header, if the block is one.
  (archive, random) => {
    const at = blockAt(archive, random);
    archive[at + random.below(Math.min(40, archive.length - at))] = random.pick(tellingBytes);
    return archive;
  },
  (archive, random) => {
    const [from, to] = [blockAt(archive, random), blockAt(archive, random)];
    const block = archive.subarray(from, from + blockBytes);
    return Buffer.concat([archive.subarray(0, to), block, archive.subarray(random.isTrue(0.5) ? to : to + blockBytes)]);
  },
  (archive, random) => {
    const at = blockAt(archive, random);
    return Buffer.concat([archive.subarray(0, at), archive.subarray(at + blockBytes)]);
  },
  (archive, random) => archive.subarray(0, random.below(archive.length + 1)),
  (archive, random) => {
    const other = random.pick(seedArchives);
    return Buffer.concat([archive.subarray(0, blockAt(archive, random)), other.subarray(blockAt(other, random))]);
  },
];

/** An archive that was one until up to four things happened to it. Most have right checksums again: the others end at the first header. */
export function mutateArchive(random: SeededRandom): Buffer {
  let archive: Buffer = Buffer.concat([random.pick(seedArchives)]);
  for (let times = 1 + random.below(4); times > 0 && archive.length > 0; times -= 1)
    archive = random.pick(mutations)(archive, random);
  return random.isTrue(0.95) ? sealAll(archive) : archive;
}

function writeField(archive: Buffer, random: SeededRandom): Buffer {
  const [at, values] = random.pick(fields);
  archive.write(random.pick(values), Math.min(archive.length, blockAt(archive, random) + at), "latin1");
  return archive;
}

function blockAt(archive: Buffer, random: SeededRandom): number {
  return random.below(Math.ceil(archive.length / blockBytes)) * blockBytes;
}

/** Blocks that were headers have their magic still. */
function sealAll(archive: Buffer): Buffer {
  for (let at = 0; at + blockBytes <= archive.length; at += blockBytes) {
    if (archive.toString("latin1", at + 257, at + 262) === "ustar") seal(archive.subarray(at, at + blockBytes));
  }
  return archive;
}
