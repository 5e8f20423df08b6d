import type { BlobSource } from "./blob-source.ts";
import type { Descriptor } from "./descriptor.ts";
import { type DocumentFields, readFields } from "./document-fields.ts";
import { checkDocumentSize, parseDocument } from "./parse-document.ts";

/**
 * Reads a manifest, an index or a configuration, verified; `kind` names it in messages.
 * @throws BowspritError `DIGEST_MISMATCH`, `MESSAGE_TOO_LARGE`, `SOURCE_REFUSED`, `SOURCE_NOT_FOUND`, `ABORTED`.
 */
export async function readDocument(
  source: BlobSource,
  descriptor: Descriptor,
  options: { readonly kind: string; readonly signal: AbortSignal | undefined },
): Promise<DocumentFields> {
  const what = `the ${options.kind} ${descriptor.digest} of ${source.location}`;
  checkDocumentSize(descriptor.size, what);
  const bytes = await collect(source.read(descriptor, options.signal), descriptor.size);
  return readFields(parseDocument(bytes, what), `read ${what}`);
}

async function collect(chunks: AsyncIterable<Buffer>, size: number): Promise<Buffer> {
  const whole = Buffer.alloc(size);
  let at = 0;
  for await (const chunk of chunks) at += chunk.copy(whole, at);
  return whole;
}
