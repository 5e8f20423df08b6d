import { constants, createGunzip, createZstdDecompress } from "node:zlib";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Compression } from "./compression.ts";
import { imageLimits } from "./image-limits.ts";
import { ZstdFrames } from "./zstd-frames.ts";

type Decoder = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

const chunkSize = 262_144;

/** What is given to a decoder at once: a bomb is seen through after so many bytes at the latest. */
const feedBytes = 65_536;

/**
 * Uncompresses a stream, no faster than its reader reads. All of it must be of the one form, from the first byte to the last:
 * several members or frames in a row are well. `attempt` begins the messages.
 * @throws BowspritError `SOURCE_REFUSED` for a stream that is damaged, ends too early, goes on after its end, or swells to more than
 * 200 times its size and 10 MiB; and whatever `chunks` throws.
 */
export async function* decompress(
  chunks: AsyncIterable<Buffer>,
  compression: Compression,
  attempt: string,
): AsyncGenerator<Buffer, void, void> {
  if (compression === "none") return yield* chunks;
  const decoder = createDecoder(compression);
  const feeding = createFeeding(decoder, chunks, compression);
  const fed = feeding.run().then(
    () => decoder.end(),
    (error: unknown) => decoder.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  let bytes = 0;
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > imageLimits.ratioFreeBytes && bytes > imageLimits.ratio * feeding.bytes)
        throw new Error(`more than ${imageLimits.ratio} bytes are made of each of its first ${feeding.bytes}`);
      yield chunk;
    }
  } catch (error) {
    throw refusal(error, attempt, compression);
  } finally {
    decoder.destroy();
    await fed;
  }
}

function createDecoder(compression: "gzip" | "zstd"): Decoder {
  if (compression === "gzip") return createGunzip({ chunkSize });
  return createZstdDecompress({
    chunkSize,
    params: { [constants.ZSTD_d_windowLogMax]: imageLimits.zstdWindowLog },
  });
}

interface Feeding {
  /** What was given to the decoder so far. */
  readonly bytes: number;
  run(): Promise<void>;
}

function createFeeding(decoder: Decoder, chunks: AsyncIterable<Buffer>, compression: "gzip" | "zstd"): Feeding {
  const frames = compression === "zstd" ? new ZstdFrames() : undefined;
  let bytes = 0;
  const feed = async (piece: Buffer): Promise<void> => {
    const before = decoder.bytesWritten;
    bytes += piece.length;
    await write(decoder, piece);
    if (decoder.bytesWritten - before !== piece.length) throw new Error("something follows after its end");
  };
  return {
    get bytes() {
      return bytes;
    },
    async run() {
      for await (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += feedBytes) {
          const part = chunk.subarray(at, at + feedBytes);
          for (const piece of frames?.split(part) ?? [part]) await feed(piece);
        }
      }
      frames?.finish();
    },
  };
}

/** Resolves when the decoder is done with a piece; a decoder that failed or was destroyed never says so, it closes. */
async function write(decoder: Decoder, piece: Buffer): Promise<void> {
  const done = Promise.withResolvers<void>();
  const onClose = (): void => done.reject(new Error("the decoder was closed"));
  decoder.once("close", onClose);
  decoder.write(piece, (error) => (error ? done.reject(error) : done.resolve()));
  await done.promise.finally(() => decoder.off("close", onClose));
}

function refusal(error: unknown, attempt: string, compression: Compression): unknown {
  if (BowspritError.is(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: not to be read as ${compression}: ${why}`, {
    cause: error,
    hint: "Get the image again from who made it.",
  });
}
