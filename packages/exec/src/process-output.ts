import type { Readable } from "node:stream";

/** One output of a process, kept until somebody reads it. */
export interface ProcessOutput {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Takes in what the pipe still holds once the process has ended, so that an output nobody reads can close. */
  finish(): void;
  /** Ends the output here, whoever holds its other end. */
  destroy(): void;
}

/** Bytes taken from a living process ahead of the reader; the pipe's own buffer comes on top. */
const readAhead = 64 * 1024;

/** Bytes taken from an ended one: more than a pipe can hold. A child it left behind is held back at this point, too. */
const readAtEnd = 1024 * 1024;

const nothing: ProcessOutput = {
  bytes: (async function* () {})(),
  finish() {},
  destroy() {},
};

/**
 * Reads an output from now on. Node lets go of what nobody has begun to read when a process ends; here it waits for its reader. Leaving
 * the loop closes the pipe, as a shell's `| head` does.
 */
export function createProcessOutput(stream: Readable | null): ProcessOutput {
  if (stream === null) return nothing;
  const chunks: Uint8Array[] = [];
  let held = 0;
  let limit = readAhead;
  let closed = false;
  let news = Promise.withResolvers<void>();

  const tell = (): void => {
    news.resolve();
    news = Promise.withResolvers<void>();
  };
  const close = (): void => {
    closed = true;
    tell();
  };
  stream.on("data", (chunk: Uint8Array) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held >= limit) stream.pause();
    tell();
  });
  stream.once("end", close).once("close", close).on("error", close);

  const read = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (chunks.length > 0 || !closed) {
        if (chunks.length === 0) await news.promise;
        const chunk = chunks.shift();
        if (chunk === undefined) continue;
        held -= chunk.length;
        if (held < limit) stream.resume();
        yield chunk;
      }
    } finally {
      stream.destroy();
    }
  };

  return {
    bytes: { [Symbol.asyncIterator]: read },
    finish() {
      limit = readAtEnd;
      if (held < limit) stream.resume();
    },
    destroy: () => stream.destroy(),
  };
}
