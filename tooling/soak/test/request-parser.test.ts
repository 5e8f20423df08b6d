import { expect, it } from "vitest";
import { createRequestParser } from "../backend/request-parser.ts";

const three =
  "POST /soak/1 HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc" +
  "PUT /soak/2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\nA\r\n0123456789\r\n0\r\n\r\n" +
  "GET /soak/3 HTTP/1.1\r\n\r\n";

function parse(chunks: readonly string[]): readonly string[] {
  const parser = createRequestParser();
  const seen: string[] = [];
  let head = parser.takeHead();
  for (const chunk of chunks) {
    parser.feed(Buffer.from(chunk, "latin1"));
    for (;;) {
      head ??= parser.takeHead();
      const body = head && parser.takeBody(head);
      if (head === undefined || body === undefined) break;
      seen.push(`${head.method} ${head.path} ${body.toString()}`);
      head = undefined;
    }
  }
  return seen;
}

it.each([1, 2, 3, 7, 50, 1000])("reads one request after the other from pieces of %i bytes", (size) => {
  const pieces = Array.from({ length: Math.ceil(three.length / size) }, (_, index) =>
    three.slice(index * size, (index + 1) * size),
  );
  expect(parse(pieces)).toEqual(["POST /soak/1 abc", "PUT /soak/2 de0123456789", "GET /soak/3 "]);
});

it.each([
  "GET /x HTTP/1.0\r\n\r\n",
  "get /x HTTP/1.1\r\n\r\n",
  "GET x HTTP/1.1\r\n\r\n",
  "\r\nGET /x HTTP/1.1\r\n\r\n",
  "PUT /x HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n",
  "PUT /x HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
  "PUT /x HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
  "PUT /x HTTP/1.1\r\ntransfer-encoding: gzip\r\n\r\n",
  "PUT /x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nx\r\n\r\n\r\n",
  "PUT /x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabcd\r\n",
])("refuses %j", (text) => {
  expect(() => parse([text])).toThrow();
});
