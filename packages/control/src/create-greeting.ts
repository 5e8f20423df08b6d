import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import type { FrameStream } from "./frame-stream.ts";

/** One side of a greeting, judging what the other side says. */
export interface Greeting {
  /**
   * The fields of the other side's next message.
   * @throws BowspritError `ENDPOINT_FORBIDDEN` for another message than the expected one, and what {@link FrameStream.next} throws.
   */
  read(expected: string): Promise<Readonly<Record<string, unknown>>>;
  /** The failure of a greeting in which the other side is not who it should be. */
  wrong(why: string): BowspritError;
}

/** `attempt` begins the messages. */
export function createGreeting(frames: FrameStream, attempt: string): Greeting {
  const wrong = (why: string): BowspritError => new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: ${why}`);
  return {
    wrong,
    async read(expected) {
      const { type, data } = await frames.next();
      if (type !== expected || !isJsonObject(data)) throw wrong(`it sent no ${expected} message`);
      return data;
    },
  };
}
