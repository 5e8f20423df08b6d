import { createHash } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** The gateway's end of a WebSocket, written out by hand: the tests break it in ways that a library would not. */
export interface Peer {
  readonly url: string | undefined;
  accept(): void;
  refuse(status: number): void;
  /** The next text of the client. */
  nextText(): Promise<string>;
  sendText(text: string): void;
  sendBytes(bytes: Uint8Array): void;
  /** Closes in order, with 1000. */
  close(): void;
  /** Breaks the connection off. */
  destroy(): void;
  /** Resolves when the client has closed, or gone. */
  readonly gone: Promise<unknown>;
  /** Every text that came. */
  readonly texts: readonly string[];
}

const opcodes = { text: 1, bytes: 2, close: 8 } as const;

export function createPeer(request: IncomingMessage, socket: Socket): Peer {
  const texts: string[] = [];
  const arrival = new EventTarget();
  let taken = 0;
  let isClosing = false;
  let pending: Buffer = Buffer.alloc(0);
  const gone = once(socket, "close");
  socket.on("error", () => {});
  const send = (opcode: number, payload: Uint8Array): void => void socket.write(frameOf(opcode, payload));
  const close = (): void => {
    if (!isClosing) send(opcodes.close, Buffer.from([0x03, 0xe8]));
    isClosing = true;
  };
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let frame = takeFrame(pending); frame !== undefined; frame = takeFrame(pending)) {
      pending = frame.rest;
      if (frame.opcode === opcodes.text) {
        texts.push(frame.payload.toString());
        arrival.dispatchEvent(new Event("text"));
      }
      if (frame.opcode === opcodes.close) {
        close();
        socket.end();
      }
    }
  });
  return {
    url: request.url,
    accept() {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptanceOf(request)}\r\n\r\n`,
      );
    },
    refuse: (status) => void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
    async nextText() {
      if (texts.length === taken)
        await new Promise((resolve) => arrival.addEventListener("text", resolve, { once: true }));
      return texts[taken++] ?? "";
    },
    sendText: (text) => send(opcodes.text, Buffer.from(text)),
    sendBytes: (bytes) => send(opcodes.bytes, bytes),
    close,
    destroy: () => void socket.destroy(),
    gone,
    texts,
  };
}

// RFC 6455 §4.2.2.
function acceptanceOf({ headers }: IncomingMessage): string {
  return createHash("sha1")
    .update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
}

// RFC 6455 §5.2: what a server sends is not masked.
function frameOf(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly rest: Buffer;
}

// The frames of these tests are short: 16 bits of length are enough.
function takeFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 126 ? 8 : 6;
  if (bytes.length < start) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + length) return undefined;
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(bytes.subarray(start, start + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload, rest: bytes.subarray(start + length) };
}
