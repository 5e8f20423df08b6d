import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, withinLimits } from "@bowsprit/core";
import { createMessageClient, type MessageClient } from "./create-message-client.ts";

/** One connection for messages, made for the first call and again when it was lost. Disposing closes it, and makes no other. */
export interface MessageChannel extends AsyncDisposable {
  /** @throws BowspritError what {@link MessageClient.call} throws, and what opening the connection throws. */
  readonly call: MessageClient["call"];
}

/** `open` makes the connection: an admitted stream. */
export function createMessageChannel(open: () => Promise<Duplex>): MessageChannel {
  let current: Promise<MessageClient> | undefined;
  let isClosed = false;
  const connect = (): Promise<MessageClient> => {
    const forget = (): void => {
      if (current === opening) current = undefined;
    };
    const opening = open().then((stream) => {
      stream.once("close", forget);
      return createMessageClient(stream);
    });
    opening.catch(forget);
    return opening;
  };
  return {
    async call(verb, input, options = {}) {
      const { signal } = options;
      if (isClosed) throw new BowspritError(ErrorCode.Aborted, `${verb}: the connection to the daemon was closed`);
      const client = await withinLimits(verb, (current ??= connect()), signal === undefined ? {} : { signal });
      return client.call(verb, input, options);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await (await current?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}
