import { isSkippableFrame } from "./compression.ts";
import { imageLimits } from "./image-limits.ts";

type Part = "magic" | "descriptor" | "header" | "block" | "data" | "checksum" | "skipped size" | "skipped";

/** How long the parts are that say how the next part is to be read. */
const headLengths: Readonly<Partial<Record<Part, number>>> = { magic: 4, descriptor: 1, block: 3, "skipped size": 4 };

/**
 * Cuts a zstd stream into its frames, so that Node's decoder, which stops where a frame ends within what it was given, can be given
 * them all; and sees where the stream ends, which that of Node 22 does not. Follows RFC 8878, section 3.1, as far as lengths go.
 */
export class ZstdFrames {
  readonly #head: Buffer = Buffer.alloc(4);
  #part: Part = "magic";
  #left = 4;
  #isLastBlock = false;
  #hasChecksum = false;
  #frames = 0;

  /**
   * The pieces of a chunk that are to be decoded; each ends where its frame ends, or with the chunk. Frames that are to be skipped are.
   * @throws Error for what is no zstd.
   */
  split(chunk: Buffer): readonly Buffer[] {
    const pieces: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length;) {
      const wasInside = this.#isInside();
      at = this.#read(chunk, at);
      if (!wasInside && this.#isInside()) {
        start = Math.max(at - 4, 0);
        if (at < 4) pieces.push(Buffer.from(this.#head.subarray(0, 4 - at)));
      } else if (wasInside && !this.#isInside()) pieces.push(chunk.subarray(start, at));
    }
    if (this.#isInside()) pieces.push(chunk.subarray(start));
    return pieces;
  }

  /** @throws Error for a stream that ends inside a frame, or holds none. */
  finish(): void {
    if (this.#frames === 0 || this.#part !== "magic" || this.#left !== 4) throw new Error("it ends too early");
  }

  /** Reads on to the end of the part or of the chunk, and returns where that is. */
  #read(chunk: Buffer, at: number): number {
    const end = at + Math.min(this.#left, chunk.length - at);
    const whole = headLengths[this.#part];
    if (whole !== undefined) chunk.copy(this.#head, whole - this.#left, at, end);
    this.#left -= end - at;
    while (this.#left === 0) this.#endPart();
    return end;
  }

  #isInside(): boolean {
    return this.#part !== "magic" && this.#part !== "skipped size" && this.#part !== "skipped";
  }

  #enter(part: Part, length: number = headLengths[part] ?? 0): void {
    this.#part = part;
    this.#left = length;
  }

  #endPart(): void {
    if (this.#part === "magic") this.#endMagic();
    else if (this.#part === "descriptor") this.#endDescriptor();
    else if (this.#part === "header") this.#enter("block");
    else if (this.#part === "block") this.#endBlockHead();
    else if (this.#part === "data" && !this.#isLastBlock) this.#enter("block");
    else if (this.#part === "data" && this.#hasChecksum) this.#enter("checksum", 4);
    else if (this.#part === "skipped size") this.#enter("skipped", this.#head.readUInt32LE());
    else this.#enter("magic");
  }

  #endMagic(): void {
    if (isSkippableFrame(this.#head)) return this.#enter("skipped size");
    if (this.#head.readUInt32LE() !== 0xfd_2f_b5_28)
      throw new Error(this.#frames === 0 ? "it is no zstd" : "something follows after its end");
    this.#frames += 1;
    if (this.#frames > imageLimits.zstdFrames) throw new Error(`more than ${imageLimits.zstdFrames} frames`);
    return this.#enter("descriptor");
  }

  #endDescriptor(): void {
    const descriptor = this.#head.readUInt8();
    this.#hasChecksum = (descriptor & 4) !== 0;
    const isSingle = (descriptor & 32) !== 0;
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    this.#enter("header", (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes);
  }

  #endBlockHead(): void {
    const block = this.#head.readUIntLE(0, 3);
    this.#isLastBlock = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    if (kind === 3) throw new Error("a block of an unknown kind");
    this.#enter("data", kind === 1 ? 1 : block >> 3);
  }
}
