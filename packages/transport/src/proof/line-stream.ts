import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";

/** A stream on which two ends take turns in lines, until it is handed to whoever goes on with it. */
export interface LineStream {
  send(line: string): void;
  /** The next line, without its end. @throws BowspritError `CONNECTION_LOST`, `MESSAGE_TOO_LARGE`. */
  next(): Promise<string>;
  /** Lets go of the stream: it is paused, and what was read too far is in it again. */
  detach(): void;
}

/** Twice what the longest line of ours has. */
const maxLineBytes = 256;

const lineEnd = 0x0a;

/** Reads a stream line by line; `attempt` begins the messages. An error of the stream shows as the end of it. */
export function createLineStream(stream: Duplex, attempt: string): LineStream {
  let held: Buffer = Buffer.alloc(0);
  let hasEnded = false;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    // Whoever sends more than his turn waits, in the system's buffers and not in ours.
    if (held.includes(lineEnd) || held.length > maxLineBytes) stream.pause();
    notify();
  };
  const onEnd = (): void => {
    hasEnded = true;
    notify();
  };
  stream.on("error", ignore).on("data", onData).on("end", onEnd).on("close", onEnd);
  return {
    send: (line) => void stream.write(`${line}\n`),
    async next() {
      for (;;) {
        const end = held.indexOf(lineEnd);
        if (end > maxLineBytes || (end === -1 && held.length > maxLineBytes)) throw tooLong(attempt);
        if (end !== -1) {
          const line = held.subarray(0, end).toString("latin1");
          held = held.subarray(end + 1);
          return line;
        }
        if (hasEnded) throw lost(attempt);
        stream.resume();
        await wake.promise;
      }
    },
    detach() {
      stream.pause().off("data", onData).off("end", onEnd).off("close", onEnd);
      if (held.length > 0) stream.unshift(held);
    },
  };
}

/** The end of a stream says all there is to say; the listener stays, or a late reset would end the process. */
function ignore(): void {}

function tooLong(attempt: string): BowspritError {
  return new BowspritError(
    ErrorCode.MessageTooLarge,
    `${attempt}: the other end sent a line over ${maxLineBytes} bytes`,
  );
}

function lost(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.ConnectionLost, `${attempt}: the other end closed the connection`);
}
