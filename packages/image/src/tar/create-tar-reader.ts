import { createHeaderChain, type HeaderChain } from "./create-header-chain.ts";
import { blockBytes } from "./read-tar-header.ts";
import type { TarEntry, TarHandler } from "./tar-entry.ts";
import { type TarFault, tarFault } from "./tar-fault.ts";
import { tarLimits } from "./tar-limits.ts";

export interface TarReaderOptions {
  /** What is being done, for messages: `read the layer sha256:…`. */
  readonly attempt: string;
  /** Refuses an archive of more entries. Without it there is no limit: the reader keeps nothing of an entry. */
  readonly maxEntries?: number;
  /** How long the archive can be, in bytes: an entry that says it reaches beyond is refused at its header. 128 GiB if not known. */
  readonly maxBytes?: number;
}

/** Reads one archive from its first byte to its last, in pieces cut anywhere. */
export interface TarReader {
  /** Bytes that were written to it. */
  readonly bytes: number;
  /** Reads on, and tells the handler before it returns. Throws `SOURCE_REFUSED`, and whatever the handler throws; then always that. */
  write(chunk: Buffer): void;
  /** Says that no more comes. Throws `SOURCE_REFUSED` when the archive is not complete. */
  finish(): void;
}

/** What the next bytes are. */
type Phase = "header" | "body" | "data" | "padding" | "end";

const zeros = Buffer.alloc(65_536);

/**
 * A reader of POSIX ustar and PAX archives and of GNU's long names and large numbers, strict wherever programs disagree about what an
 * archive holds: a wrong checksum, an unknown type, a sparse file, bytes other than zeros between the entries or after the end are
 * refused. An archive may lack the zeros at its end, as GNU tar and Go allow: it ends where a header could begin.
 *
 * It takes no more memory than the longest header it admits, 1 MiB, copies no data, and works in time that grows with the bytes alone.
 */
export function createTarReader(handler: TarHandler, options: TarReaderOptions): TarReader {
  return new Reader(handler, options);
}

class Reader implements TarReader {
  readonly #handler: TarHandler;
  readonly #options: TarReaderOptions;
  readonly #fault: TarFault;
  readonly #chain: HeaderChain;
  #bytes = 0;
  #failure: { readonly reason: unknown } | undefined;
  #phase: Phase = "header";
  /** Bytes of the phase, those that are still to come, and where it began: that is what a fault is about. */
  #size = blockBytes;
  #left = blockBytes;
  #at = 0;
  #isWanted = false;
  /** A header or body of which a part has come: otherwise it is read where it lies. */
  #held: Buffer = zeros.subarray(0, 0);

  constructor(handler: TarHandler, options: TarReaderOptions) {
    this.#handler = handler;
    this.#options = options;
    this.#fault = (why) => tarFault(options.attempt, this.#at, why);
    this.#chain = createHeaderChain(this.#fault);
  }

  get bytes(): number {
    return this.#bytes;
  }

  write(chunk: Buffer): void {
    this.#orFail(() => {
      let from = 0;
      while (from < chunk.length) from = this.#step(chunk, from);
      this.#bytes += chunk.length;
    });
  }

  finish(): void {
    this.#orFail(() => {
      const isBetween = this.#phase === "header" && this.#left === blockBytes && !this.#chain.isOpen;
      if (this.#phase === "end" || (isBetween && this.#bytes > 0)) return;
      this.#at = this.#bytes;
      throw this.#fault(this.#bytes === 0 ? "it is empty" : "it ends too early");
    });
  }

  #orFail(work: () => void): void {
    if (this.#failure !== undefined) throw this.#failure.reason;
    try {
      work();
    } catch (reason) {
      this.#failure = { reason };
      throw reason;
    }
  }

  /** Takes some of the chunk, from `from` on, and says where the rest begins. */
  #step(chunk: Buffer, from: number): number {
    if (this.#phase === "end") return this.#expectZeros(chunk, from, chunk.length);
    const to = Math.min(chunk.length, from + this.#left);
    this.#left -= to - from;
    if (this.#phase === "data") this.#passOn(chunk, from, to);
    else if (this.#phase === "padding") this.#expectZeros(chunk, from, to);
    else this.#gather(chunk, from, to);
    return to;
  }

  #passOn(chunk: Buffer, from: number, to: number): void {
    if (this.#isWanted && from < to) this.#handler.data(to - from === chunk.length ? chunk : chunk.subarray(from, to));
    if (this.#left > 0) return;
    if (this.#isWanted) this.#handler.end();
    this.#pad();
  }

  #expectZeros(chunk: Buffer, from: number, to: number): number {
    for (let at = from; at < to; at += zeros.length) {
      const end = Math.min(to, at + zeros.length);
      if (chunk.compare(zeros, 0, end - at, at, end) === 0) continue;
      while (chunk[at] === 0) at += 1;
      const isEnd = this.#phase === "end";
      this.#at = this.#bytes + at;
      throw this.#fault(isEnd ? "something after the end of the archive" : "something between two entries");
    }
    if (this.#phase === "padding" && this.#left === 0) this.#begin("header", blockBytes);
    return to;
  }

  #gather(chunk: Buffer, from: number, to: number): void {
    if (to - from === this.#size) {
      this.#read(chunk, from);
      return;
    }
    if (this.#held.length < this.#size) this.#held = Buffer.allocUnsafe(this.#size);
    chunk.copy(this.#held, this.#size - this.#left - (to - from), from, to);
    if (this.#left === 0) this.#read(this.#held, 0);
  }

  /** Reads the header or body that begins at `start` and is there as a whole. */
  #read(bytes: Buffer, start: number): void {
    if (this.#phase === "header") {
      this.#header(bytes, start);
      return;
    }
    this.#chain.body(bytes.subarray(start, start + this.#size));
    this.#pad();
  }

  #header(block: Buffer, start: number): void {
    if (block[start] === 0 && block.compare(zeros, 0, blockBytes, start, start + blockBytes) === 0) {
      if (this.#chain.isOpen) throw this.#fault("the end of the archive where an entry belongs");
      this.#begin("end", 0);
      return;
    }
    const next = this.#chain.header(block, start);
    const size = typeof next === "number" ? next : next.size;
    const offset = this.#at + blockBytes;
    const { maxBytes = tarLimits.archiveBytes, maxEntries = Infinity } = this.#options;
    if (offset + size > maxBytes) throw this.#fault(`${size} bytes of data, more than there can be`);
    if (typeof next === "number") {
      this.#begin("body", size);
      return;
    }
    if (next.ordinal >= maxEntries) throw this.#fault(`more than ${maxEntries} entries`);
    const entry: TarEntry = { ...next, offset };
    this.#isWanted = this.#handler.entry(entry);
    this.#begin("data", size);
    if (size === 0) this.#passOn(block, start, start);
  }

  /** Goes on to what fills the last block of what was read. */
  #pad(): void {
    const rest = this.#size % blockBytes;
    this.#begin(rest === 0 ? "header" : "padding", blockBytes - rest);
  }

  #begin(phase: Phase, size: number): void {
    this.#at += this.#size;
    this.#phase = phase;
    this.#size = size;
    this.#left = size;
  }
}
