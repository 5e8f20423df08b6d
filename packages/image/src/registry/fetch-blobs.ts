import { BowspritError, type Digest, ErrorCode } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { blobPath } from "./layout-folder.ts";
import type { RegistrySession } from "./open-session.ts";
import { isWhole } from "./part-file.ts";
import type { DownloadOptions } from "./registry-options.ts";

interface BlobsOptions extends Pick<DownloadOptions, "folder" | "onProgress" | "maxBytes" | "retryMs"> {
  readonly attempt: string;
}

const atOnce = 3;
const defaultMaxBytes = 16 * 1024 ** 3;
const defaultRetryMs = 500;

/**
 * Fetches blobs into the folder of a layout, three at a time. The first failure ends the others, whose parts stay.
 * @throws BowspritError `MESSAGE_TOO_LARGE`, and what {@link fetchBlob} throws.
 */
export async function fetchBlobs(
  session: RegistrySession,
  listed: readonly Descriptor[],
  options: BlobsOptions,
): Promise<void> {
  const { folder, attempt, onProgress, maxBytes = defaultMaxBytes, retryMs = defaultRetryMs } = options;
  const blobs = distinct(listed, attempt);
  const bytesTotal = blobs.reduce((sum, { size }) => sum + size, 0);
  if (bytesTotal > maxBytes) throw tooLarge(attempt, bytesTotal, maxBytes);
  const stop = new AbortController();
  const signal = AbortSignal.any([session.signal, stop.signal]);
  const done = new Map<Digest, number>();
  let bytesDone = 0;

  const fetchNext = async (queue: Iterator<Descriptor>): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !signal.aborted; next = queue.next()) {
      const { digest, size } = next.value;
      const path = blobPath(folder, digest);
      const onBytes = (bytes: number): void => {
        bytesDone += bytes - (done.get(digest) ?? 0);
        done.set(digest, bytes);
        onProgress?.({ digest, blobBytesDone: bytes, blobBytesTotal: size, bytesDone, bytesTotal });
      };
      if (await isWhole(path, next.value)) onBytes(size);
      else {
        const call = { attempt: `${attempt}: fetch ${digest}`, signal, path, retryMs, onBytes };
        const { value } = next;
        await session.atFirst(attempt, (client) => fetchBlob(client, value, call));
      }
    }
  };

  const queue = blobs.values();
  const failures: unknown[] = [];
  const workers = Array.from({ length: atOnce }, async () =>
    fetchNext(queue).catch((error: unknown) => {
      failures.push(error);
      stop.abort();
    }),
  );
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
}

/** Each blob once; layers without content often come twice. */
function distinct(listed: readonly Descriptor[], attempt: string): readonly Descriptor[] {
  const blobs = new Map<Digest, Descriptor>();
  for (const one of listed) {
    const same = blobs.get(one.digest) ?? one;
    if (same.size !== one.size)
      throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: its manifest gives one blob two sizes`);
    blobs.set(one.digest, same);
  }
  return [...blobs.values()];
}

function tooLarge(attempt: string, bytes: number, maxBytes: number): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: it has ${bytes} bytes, more than ${maxBytes}`, {
    details: { bytes, maxBytes },
  });
}
