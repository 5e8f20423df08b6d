import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { RegistryClient } from "./create-registry-client.ts";
import type { WireResponse } from "./create-wire.ts";
import type { Descriptor } from "./descriptor.ts";
import { openPart, type PartFile } from "./part-file.ts";
import { retryCuts, type RetryOptions } from "./retry-cuts.ts";

export interface BlobCall extends RetryOptions {
  /** Where the blob goes; until it is whole, with `.part` behind it. */
  readonly path: string;
  /** Told how many bytes are there. */
  readonly onBytes: (done: number) => void;
}

/**
 * Fetches one blob into a file, hashing it on the way. What is there already is continued; where that turns out wrong at the end the
 * blob is fetched once from its beginning.
 * @throws BowspritError `DIGEST_MISMATCH`, and the file is gone; `HOME_UNUSABLE`, `MESSAGE_MALFORMED`, and what {@link retryCuts} and
 *   {@link RegistryClient.get} throw.
 */
export async function fetchBlob(client: RegistryClient, descriptor: Descriptor, call: BlobCall): Promise<void> {
  for (;;) {
    await using part = await openPart(call.path, descriptor, call.attempt);
    try {
      call.onBytes(part.size);
      await retryCuts(call, () => fill(client, part, { ...call, descriptor }));
      await part.finish();
      return;
    } catch (error) {
      // What an earlier process left may be what is wrong. The next part begins empty, so there is no third round.
      if (!part.isContinued || !BowspritError.is(error, ErrorCode.DigestMismatch)) throw error;
    }
  }
}

interface FillCall extends BlobCall {
  readonly descriptor: Descriptor;
}

async function fill(client: RegistryClient, part: PartFile, call: FillCall): Promise<void> {
  const { attempt, signal, descriptor, onBytes } = call;
  if (part.size === descriptor.size) return;
  const isRange = part.size > 0;
  const range = isRange ? { headers: { range: `bytes=${part.size}-` }, statuses: [200, 206, 416] } : {};
  const response = await client.get(`blobs/${descriptor.digest}`, { attempt, signal, ...range });
  if (response.status === 416) {
    await response.drop();
    await part.clear();
    return fill(client, part, call);
  }
  if (response.status === 206) checkRange(response, part.size, call);
  else if (isRange) await part.clear();
  const length = lengthOf(response);
  if (length !== undefined && part.size + length !== descriptor.size) {
    await response.drop();
    throw await part.refuse(`it has ${part.size + length} bytes, its manifest says ${descriptor.size}`);
  }
  for await (const chunk of response.body()) {
    await part.append(chunk);
    onBytes(part.size);
  }
  // Without a length the end of the body and a cut look the same.
  if (part.size < descriptor.size) throw new BowspritError(ErrorCode.ConnectionLost, `${attempt}: it ended early`);
}

function lengthOf(response: WireResponse): number | undefined {
  const text = response.header("content-length");
  return text === undefined ? undefined : Number(text);
}

function checkRange(response: WireResponse, from: number, { attempt, descriptor }: FillCall): void {
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(response.header("content-range") ?? "") ?? [];
  if (Number(first) === from && (total === "*" || Number(total) === descriptor.size)) return;
  throw new BowspritError(
    ErrorCode.MessageMalformed,
    `${attempt}: the registry sent another part than it was asked for`,
  );
}
