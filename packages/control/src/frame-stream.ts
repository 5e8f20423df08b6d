import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createFrameReader, encodeFrame, type Frame } from "./frames.ts";

/** A stream on which two sides take turns, until it is handed to whoever goes on with it. */
export interface FrameStream {
  send(type: string, data: unknown): void;
  /** The next message. @throws BowspritError `CONNECTION_LOST`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`. */
  next(): Promise<Frame>;
  /** Lets go of the stream: it is paused, and what was read too far is in it again. */
  detach(): void;
}

/** Reads a stream message by message. An error of the stream shows as the end of it. */
export function createFrameStream(stream: Duplex): FrameStream {
  const reader = createFrameReader();
  let failure: BowspritError | undefined;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const onData = (chunk: Buffer): void => {
    try {
      reader.feed(chunk);
    } catch (error) {
      failure ??= BowspritError.from(error);
      stream.pause();
    }
    notify();
  };
  const onEnd = (): void => {
    failure ??= new BowspritError(ErrorCode.ConnectionLost, "read a message: the other side closed the connection");
    notify();
  };
  stream.on("error", ignore).on("data", onData).on("end", onEnd).on("close", onEnd);
  return {
    send: (type, data) => void stream.write(encodeFrame(type, data)),
    async next() {
      for (;;) {
        if (failure !== undefined) throw failure;
        const frame = reader.next();
        if (frame !== undefined) return frame;
        await wake.promise;
      }
    },
    detach() {
      stream.pause().off("data", onData).off("end", onEnd).off("close", onEnd);
      const rest = reader.rest();
      if (rest.length > 0) stream.unshift(rest);
    },
  };
}

/** The end of a stream says all there is to say; the listener stays, or a late reset would end the process. */
function ignore(): void {}
