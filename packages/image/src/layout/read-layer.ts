import { createHash } from "node:crypto";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { BlobSource } from "./blob-source.ts";
import { type ByteBudget, createByteBudget } from "./byte-budget.ts";
import { type Compression, magicBytes, sniffCompression } from "./compression.ts";
import { decompress } from "./decompress.ts";
import type { LayerDescriptor } from "./image-manifest.ts";
import { throwIfAborted } from "./throw-if-aborted.ts";
import { mismatch } from "./verify-blob.ts";

export interface ReadLayerOptions {
  readonly signal?: AbortSignal;
  /** Told of each piece of the stored layer that was read; all of them together are its size. */
  readonly onBytes?: (bytes: number) => void;
  /** Shared by all layers of one pass; the default is one of 8 GiB for this layer. */
  readonly budget?: ByteBudget;
}

/**
 * The tar archive that a layer is, uncompressed, no faster than it is read. Size and digest of the stored form and the digest of the
 * uncompressed one are verified: only after the end does all that came before count. A chunk is valid until the next one is asked for.
 * @throws BowspritError `DIGEST_MISMATCH` at the end at the latest, `SOURCE_REFUSED` for a layer that is not stored as its media type
 * says, is damaged or swells too much, `SOURCE_NOT_FOUND`, `ABORTED`.
 */
export async function* readLayer(
  source: BlobSource,
  layer: LayerDescriptor,
  options: ReadLayerOptions = {},
): AsyncGenerator<Buffer, void, void> {
  const { descriptor, compression, diffId } = layer;
  const { signal, budget = createByteBudget() } = options;
  const attempt = `read the layer ${descriptor.digest} of ${source.location}`;
  const stored = watch(source.read(descriptor, signal), options, attempt);
  const hash = compression === "none" ? undefined : createHash("sha256");
  for await (const chunk of decompress(checkForm(stored, compression, attempt), compression, attempt)) {
    throwIfAborted(signal, attempt);
    budget.take(chunk.length, attempt);
    hash?.update(chunk);
    yield chunk;
  }
  throwIfAborted(signal, attempt);
  if (hash === undefined) return;
  const actual = `sha256:${hash.digest("hex")}`;
  if (actual !== diffId) throw mismatch(attempt, `uncompressed its digest is ${actual}, not ${diffId}`);
}

async function* watch(
  chunks: AsyncIterable<Buffer>,
  { signal, onBytes }: ReadLayerOptions,
  attempt: string,
): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of chunks) {
    throwIfAborted(signal, attempt);
    onBytes?.(chunk.length);
    yield chunk;
  }
}

/** Two readers must not take one layer for two things: what the media type says and what the first bytes say is the same. */
async function* checkForm(
  chunks: AsyncIterable<Buffer>,
  compression: Compression,
  attempt: string,
): AsyncGenerator<Buffer, void, void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head !== undefined) {
      head = Buffer.concat([head, chunk.subarray(0, magicBytes - head.length)]);
      if (head.length >= magicBytes) {
        refuseOtherForm(head, compression, attempt);
        head = undefined;
      }
    }
    yield chunk;
  }
  if (head !== undefined) refuseOtherForm(head, compression, attempt);
}

function refuseOtherForm(head: Buffer, compression: Compression, attempt: string): void {
  const actual = sniffCompression(head);
  if (actual === compression) return;
  const names = { none: "plain tar", gzip: "gzip", zstd: "zstd" };
  const why = `its media type says ${names[compression]}, its bytes say ${names[actual]}`;
  throw new BowspritError(ErrorCode.SourceRefused, `${attempt}: ${why}`, {
    hint: "Get the image again from who made it, or build it anew.",
  });
}
