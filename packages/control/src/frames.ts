import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createParser } from "node-ipc/parsers";

/** One message of the channel. */
export interface Frame {
  readonly type: string;
  readonly data: unknown;
}

/** Cuts a stream of bytes into frames, holding no more of it than one frame may be long. */
export interface FrameReader {
  /** Takes the next bytes. @throws BowspritError `MESSAGE_TOO_LARGE` when more is held than a peer may send ahead. */
  feed(chunk: Uint8Array): void;
  /**
   * The next whole frame, if there is one.
   * @throws BowspritError `MESSAGE_TOO_LARGE` for a frame over the limit, `MESSAGE_MALFORMED` for what is none.
   */
  next(): Frame | undefined;
}

/** Bytes of one frame, without its delimiter: decision 3 keeps this channel for small messages. */
export const maxFrameBytes = 65_536;

const delimiter = "\f";
const delimiterByte = 0x0c;

/** What the stream itself reads at a time comes on top of a frame that is not whole yet. */
const maxHeldBytes = 3 * maxFrameBytes;

/** Pieces are joined when there are so many: a peer that sends byte by byte costs little memory and little time. */
const maxPieces = 64;

const parser = createParser({
  parser: "guarded",
  delimiter,
  maxMessageSize: maxFrameBytes,
  maxPendingBytes: maxFrameBytes,
  maxEventNameLength: 32,
  messageTimeout: 0,
  allowReservedEvents: false,
});
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The bytes of a message.
 * @throws BowspritError `MESSAGE_TOO_LARGE` for one over the limit of a frame.
 */
export function encodeFrame(type: string, data: unknown): Buffer {
  try {
    return Buffer.from(parser.encode(type, data));
  } catch (cause) {
    throw refused(`send a ${type} message`, cause);
  }
}

/** A reader at the beginning of a stream. The parser sees whole frames only, so it is never fed twice with one byte. */
export function createFrameReader(): FrameReader {
  let pieces: Buffer[] = [];
  let held = 0;
  let fresh: Buffer = Buffer.alloc(0);

  const keep = (piece: Buffer): void => {
    held += piece.length;
    if (held > maxFrameBytes) throw tooLarge();
    if (piece.length > 0) pieces.push(piece);
    if (pieces.length > maxPieces) pieces = [Buffer.concat(pieces)];
  };
  const take = (): Buffer => {
    const [only] = pieces;
    const whole = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    pieces = [];
    held = 0;
    return whole;
  };

  return {
    feed(chunk) {
      fresh = fresh.length === 0 ? Buffer.from(chunk) : Buffer.concat([fresh, chunk]);
      if (held + fresh.length > maxHeldBytes) throw tooLarge();
    },
    next() {
      const end = fresh.indexOf(delimiterByte);
      keep(end === -1 ? fresh : fresh.subarray(0, end));
      fresh = end === -1 ? Buffer.alloc(0) : fresh.subarray(end + 1);
      return end === -1 ? undefined : decode(take());
    },
  };
}

function decode(bytes: Buffer): Frame {
  try {
    const { type, data } = parser.decode(utf8.decode(bytes));
    return { type, data };
  } catch (cause) {
    throw refused("read a message", cause);
  }
}

function refused(attempt: string, cause: unknown): BowspritError {
  const isLarge = cause instanceof Error && "code" in cause && cause.code === "ERR_IPC_FRAME_TOO_LARGE";
  const code = isLarge ? ErrorCode.MessageTooLarge : ErrorCode.MessageMalformed;
  return new BowspritError(code, `${attempt}: ${isLarge ? over : "it is not a message of this channel"}`, { cause });
}

const over = `it is over ${maxFrameBytes} bytes`;

function tooLarge(): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `read a message: ${over}`);
}
