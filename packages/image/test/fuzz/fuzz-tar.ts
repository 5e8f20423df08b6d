import { isDeepStrictEqual } from "node:util";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { readArchive, type ReadOptions } from "../tar/read-archive.ts";
import { createSeededRandom } from "../tar/seeded-random.ts";
import { mutateArchive } from "./mutate-archive.ts";

/** How often each end occurred: `read`, or the reason of a refusal without its numbers. */
export type FuzzTally = Readonly<Record<string, number>>;

/** Limits that mutated sizes pass and do not pass. */
const limits = { maxBytes: 1_000_000, maxEntries: 9 };

/**
 * Reads so many mutated archives, half of them a second time in pieces, which must end alike. Calls `step` before each.
 * @throws Error for any end but a clean one or `SOURCE_REFUSED`, with the input's number, and the archive in base64.
 */
export function fuzzTar(seed: number, inputs: number, step: (input: number) => void): FuzzTally {
  const tally: Record<string, number> = {};
  for (let input = 0; input < inputs; input += 1) {
    step(input);
    const random = createSeededRandom(seed + input * 7919);
    const archive = mutateArchive(random);
    try {
      const options: ReadOptions = { ...(random.isTrue(0.5) && limits), isWanted: ({ ordinal }) => ordinal % 2 === 0 };
      const most = random.pick([2000, 700, 100]);
      const whole = endOf(archive, options);
      const pieces = random.isTrue(0.5) ? whole : endOf(archive, { ...options, cut: () => random.below(most) });
      if (!isDeepStrictEqual(whole, pieces)) throw new Error(`${JSON.stringify(whole)} or ${JSON.stringify(pieces)}`);
      const reason =
        typeof whole === "string" ? whole.replace(/^.* at byte \d+: /u, "").replace(/ type .*|\d+/gu, " N") : "read";
      tally[reason] = (tally[reason] ?? 0) + 1;
    } catch (cause) {
      throw new Error(`seed ${seed}, input ${input}: ${archive.toString("base64")}`, { cause });
    }
  }
  return tally;
}

/** The message of the refusal, or the entries. */
function endOf(archive: Buffer, options: ReadOptions): string | ReturnType<typeof readArchive> {
  try {
    const entries = readArchive(archive, options);
    for (const { path, size, offset, kind } of entries) {
      const isPlaced = Number.isSafeInteger(size) && size >= 0 && offset % 512 === 0 && offset + size <= archive.length;
      if (!isPlaced || path === "" || (kind !== "file" && size > 0)) throw new Error("an entry that cannot be");
    }
    return entries;
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.SourceRefused)) throw error;
    return error.message;
  }
}
