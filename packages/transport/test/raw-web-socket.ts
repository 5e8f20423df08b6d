import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import type { Answer } from "./scripted-backend.ts";

/** One end of a WebSocket that sends whatever bytes it likes. */
export interface RawWebSocket {
  readonly stream: Duplex;
  /** The head of the handshake. */
  readonly head: string;
  /** The frames that came so far, unmasked. */
  frames(): readonly RawFrame[];
}

export interface RawFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The answer to a handshake, as RFC 6455 §4.2.2 has it; `fields` are lines that come last. */
export function handshake(head: string, fields = ""): string {
  const key = /\r\nsec-websocket-key: (\S+)/iu.exec(head)?.[1] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${fields}\r\n`;
}

/** Opens every WebSocket it is asked for, and hands it to `opened`. */
export function onWebSocket(opened: (socket: RawWebSocket) => void): Answer {
  const received = new WeakMap<Duplex, string>();
  return (stream, all) => {
    const end = all.indexOf("\r\n\r\n") + 4;
    if (end < 4) return;
    const isNew = !received.has(stream);
    received.set(stream, all.slice(end));
    if (!isNew) return;
    const head = all.slice(0, end);
    stream.write(handshake(head));
    opened({ stream, head, frames: () => readFrames(Buffer.from(received.get(stream) ?? "", "latin1")) });
  };
}

/** A frame as a server sends it; `first` is or-ed to the first byte, without FIN when that is asked for. */
export function frame(
  opcode: number,
  payload: Uint8Array | string = "",
  { fin = true, reserved = 0 }: { readonly fin?: boolean; readonly reserved?: number } = {},
): Buffer {
  const bytes = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | reserved | opcode;
  if (bytes.length < 126) return Buffer.concat([Buffer.from([first, bytes.length]), bytes]);
  if (bytes.length < 65_536)
    return Buffer.concat([Buffer.from([first, 126, bytes.length >> 8, bytes.length & 255]), bytes]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length));
  return Buffer.concat([Buffer.from([first, 127]), length, bytes]);
}

/** The frame that ends a WebSocket. */
export function closeFrame(code: number, reason = ""): Buffer {
  return frame(opcodes.close, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]));
}

function readFrames(bytes: Buffer): readonly RawFrame[] {
  const frames: RawFrame[] = [];
  for (let at = 0; at + 6 <= bytes.length;) {
    const short = (bytes[at + 1] ?? 0) & 127;
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const start = at + (short === 126 ? 8 : 6);
    if (short === 127 || start + length > bytes.length) break;
    const mask = bytes.subarray(start - 4, start);
    const payload = bytes.subarray(start, start + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    frames.push({ opcode: (bytes[at] ?? 0) & 15, payload: Buffer.from(payload) });
    at = start + length;
  }
  return frames;
}
