const headBytes = 8;

/** A message of the ws peer and its backend: a number, a code (the place of the call, or the status of the answer), and the body. */
export interface Message {
  readonly id: number;
  readonly code: number;
  readonly body: Buffer;
}

export function encodeMessage({ id, code, body }: Message): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + body.length);
  bytes.writeUInt32LE(id, 0);
  bytes.writeUInt32LE(code, 4);
  body.copy(bytes, headBytes);
  return bytes;
}

export function decodeMessage(bytes: Buffer): Message {
  return { id: bytes.readUInt32LE(0), code: bytes.readUInt32LE(4), body: bytes.subarray(headBytes) };
}
