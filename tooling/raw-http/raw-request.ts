import { connect } from "node:net";

/** What came back on a raw socket. */
export interface RawAnswer {
  /** 0 where nothing came. */
  readonly status: number;
  /** Names in lower case; fields that come twice are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Everything, as it came. */
  readonly text: string;
}

const patienceMs = 10_000;

/**
 * Sends bytes on a socket of its own and answers with the first whole response, or with what there was when the other side closed.
 * Interim answers (1xx but 101) are passed over.
 */
export function rawRequest(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  let text = "";
  const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
  const done = (): void => {
    resolve(parse(text));
    socket.destroy();
  };
  socket.setEncoding("latin1").setTimeout(patienceMs, () => socket.destroy(new Error("no answer in time")));
  socket.on("data", (chunk) => {
    text += chunk;
    if (isWhole(text)) done();
  });
  socket.on("close", done);
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNRESET" || error.code === "EPIPE") done();
    else reject(error);
  });
  return promise;
}

/** The lines of a request, with the ends that HTTP wants. */
export function lines(...all: readonly string[]): string {
  return `${all.join("\r\n")}\r\n\r\n`;
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const { status, headers, body } = parse(text);
  if (status === 101) return true;
  const length = headers["content-length"];
  if (length !== undefined) return body.length >= Number(length);
  return headers["transfer-encoding"] !== undefined && text.endsWith("\r\n0\r\n\r\n");
}

function parse(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...fields] = (end === -1 ? text : text.slice(0, end)).split("\r\n");
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const at = field.indexOf(":");
    const name = field.slice(0, at).toLowerCase();
    const value = field.slice(at + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(first)?.[1] ?? 0);
  const raw = end === -1 ? "" : text.slice(end + 4);
  return { status, headers, body: headers["transfer-encoding"] === undefined ? raw : dechunk(raw), text };
}

function dechunk(raw: string): string {
  let body = "";
  for (let at = 0; at < raw.length;) {
    const end = raw.indexOf("\r\n", at);
    const size = Number.parseInt(raw.slice(at, end), 16);
    if (end === -1 || !(size > 0)) break;
    body += raw.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
  return body;
}
