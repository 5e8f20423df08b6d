/** Data as it is sent. */
export interface EncodedBody {
  readonly body: Blob | BufferSource | FormData | URLSearchParams | string;
  /** Undefined where the body says it itself, or nobody knows it. */
  readonly contentType: string | undefined;
}

/**
 * What a page's data is on the wire: text is text, what a browser can send is sent as it is, and everything else is JSON. A stream is
 * collected first, as no browser streams a request over HTTP/1.1. Undefined has no body.
 * @throws TypeError for what has no JSON form, such as a function or a circle.
 */
export async function encodeBody(data: unknown): Promise<EncodedBody | undefined> {
  if (data === undefined) return undefined;
  if (typeof data === "string") return { body: data, contentType: "text/plain; charset=utf-8" };
  if (isSendable(data)) return { body: data, contentType: undefined };
  if (data instanceof ReadableStream) return { body: await new Response(data).blob(), contentType: undefined };
  // Its types promise a text, but a function has none.
  const json: unknown = JSON.stringify(data);
  if (typeof json !== "string") throw new TypeError(`a ${typeof data} cannot be the data of a request`);
  return { body: json, contentType: "application/json" };
}

function isSendable(data: unknown): data is Blob | BufferSource | FormData | URLSearchParams {
  return (
    data instanceof ArrayBuffer ||
    ArrayBuffer.isView(data) ||
    data instanceof Blob ||
    data instanceof FormData ||
    data instanceof URLSearchParams
  );
}
