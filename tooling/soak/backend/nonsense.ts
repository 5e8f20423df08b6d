/** Where an answer should begin. */
export const garbage: readonly string[] = [
  "<!doctype html><p>this is not a status line\r\n\r\n",
  "\0\u0001\u0002\u00ff\r\n\r\n",
  "SSH-2.0-OpenSSH_9.9\r\n",
  "HTTP/1.1 abc Nonsense\r\n\r\n",
  "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n",
];

/** Instead of the fields of a head. */
export const badHeads: readonly string[] = [
  "a line without a colon",
  "content-length: 5\r\ncontent-length: 6",
  "content-length: -1",
  "a name: with a space",
  "content-length: 5\r\ntransfer-encoding: chunked",
];

/** After a chunk. */
export const badChunks: readonly string[] = ["zz\r\n", "-1\r\n", "5 6\r\nhello\r\n", "\r\n\r\n"];

/** After the end of an answer; the first is a line end too many, which does no harm. */
export const extras: readonly string[] = ["\r\n", "H", "HTTP/1.1 200 OK\r\ncontent-le", "more of the body", "\0"];

/** The text at a place between 0 and 1. */
export function oneOf(texts: readonly string[], at: number): string {
  return texts[Math.floor(at * texts.length)] ?? "";
}
