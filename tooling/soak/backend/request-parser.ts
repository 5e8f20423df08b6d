/** The head of a request. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** Bytes of the body, or null for chunks. */
  readonly length: number | null;
}

/** Takes requests out of the bytes of one connection, one after the other: a head, its body, the next head. */
export interface RequestParser {
  feed(chunk: Buffer): void;
  /** @throws Error for what is not HTTP/1.1. */
  takeHead(): RequestHead | undefined;
  /** The whole body of the last head, once it is there. */
  takeBody(head: RequestHead): Buffer | undefined;
}

/** A parser of what a correct client sends, as strict as can be: whatever is unusual throws. */
export function createRequestParser(): RequestParser {
  let rest: Buffer = Buffer.alloc(0);
  let chunks: Buffer[] = [];
  const take = (bytes: number): Buffer => {
    const taken = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    return taken;
  };
  /** Takes chunks as long as they are whole; true once the last one was taken. */
  const takeChunks = (): boolean => {
    for (;;) {
      const end = rest.indexOf("\r\n");
      if (end < 0) return false;
      const size = readSize(rest.toString("latin1", 0, end));
      if (rest.length < end + 2 + size + 2) return false;
      take(end + 2);
      chunks.push(take(size));
      if (take(2).toString("latin1") !== "\r\n") throw new Error("a chunk has no end");
      if (size === 0) return true;
    }
  };
  return {
    feed(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    },
    takeHead() {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return undefined;
      return parseHead(take(end + 4).toString("latin1", 0, end));
    },
    takeBody({ length }) {
      if (length !== null) return rest.length < length ? undefined : take(length);
      if (!takeChunks()) return undefined;
      const body = Buffer.concat(chunks);
      chunks = [];
      return body;
    },
  };
}

function parseHead(text: string): RequestHead {
  const [line = "", ...fields] = text.split("\r\n");
  const [, method, path] = /^([A-Z]+) (\/\S*) HTTP\/1\.1$/u.exec(line) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`not a request: ${JSON.stringify(line.slice(0, 80))}`);
  const valuesOf = (name: string): readonly string[] =>
    fields.filter((field) => field.toLowerCase().startsWith(`${name}:`)).map((field) => field.slice(name.length + 1));
  const lengths = valuesOf("content-length");
  const codings = valuesOf("transfer-encoding");
  if (lengths.length + codings.length > 1) throw new Error("the length of a body is said twice");
  if (codings.length > 0) {
    if (codings[0]?.trim() !== "chunked") throw new Error("a coding that nobody asked for");
    return { method, path, length: null };
  }
  return { method, path, length: lengths[0] === undefined ? 0 : readLength(lengths[0].trim()) };
}

function readLength(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new Error(`not a length: ${JSON.stringify(text)}`);
  return Number(text);
}

function readSize(text: string): number {
  if (!/^[0-9a-f]{1,8}$/iu.test(text)) throw new Error(`not the size of a chunk: ${JSON.stringify(text)}`);
  return Number.parseInt(text, 16);
}
