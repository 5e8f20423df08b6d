import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import { daemonLost } from "./daemon-lost.ts";
import { encodeFrame, type Frame } from "./frames.ts";
import type { MessageVerbs, VerbMap } from "./message-verbs.ts";
import { createPlaces } from "./places.ts";
import { maxCalls, readFrames } from "./serve-messages.ts";

/** One call's extras. */
export interface MessageCallOptions {
  /** Calls it off; the call then ends when the daemon has undone what it must. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** Calls verbs of a daemon. Disposing closes the stream and fails what is under way with `CONNECTION_LOST`. */
export interface MessageClient<Verbs extends VerbMap<Verbs> = MessageVerbs> extends AsyncDisposable {
  /**
   * Calls a verb and answers with its result. Any number of calls may be made at once; those that a daemon would not take yet wait.
   * @throws BowspritError what the verb failed with, `CONNECTION_LOST` when the daemon goes away, `ABORTED`.
   */
  call<Name extends keyof Verbs & string>(
    verb: Name,
    input: Verbs[Name]["input"],
    options?: MessageCallOptions,
  ): Promise<Verbs[Name]["result"]>;
}

interface Pending {
  readonly verb: string;
  readonly options: MessageCallOptions;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: BowspritError) => void;
}

/** The caller's end of an admitted stream, which belongs to the client from now on. */
export function createMessageClient<Verbs extends VerbMap<Verbs> = MessageVerbs>(stream: Duplex): MessageClient<Verbs> {
  const places = createPlaces(maxCalls);
  const pending = new Map<number, Pending>();
  let lastId = 0;

  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    return call;
  };
  const take = ({ type, data }: Frame): void => {
    const message = isJsonObject(data) ? data : {};
    const id = Number(message["id"]);
    if (type === "progress") pending.get(id)?.options.onProgress?.(textOf(message["message"]));
    else if (type === "reply") settle(id)?.resolve(message["result"]);
    else if (type === "failure") settle(id)?.reject(BowspritError.fromJSON(message["error"]));
  };
  const send = async (verb: string, input: unknown, options: MessageCallOptions): Promise<unknown> => {
    const id = (lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const cancel = (): void => void stream.write(encodeFrame("cancel", { id }));
    stream.write(encodeFrame("call", { id, verb, input }));
    pending.set(id, { verb, options, resolve, reject });
    options.signal?.addEventListener("abort", cancel);
    try {
      return await promise;
    } finally {
      options.signal?.removeEventListener("abort", cancel);
    }
  };

  readFrames(stream, take);
  stream.once("close", () => {
    for (const [id, { verb }] of pending) settle(id)?.reject(daemonLost(verb));
  });
  return {
    async call(verb, input, options = {}) {
      using _place = await places.take();
      if (options.signal?.aborted === true) throw aborted(verb, options.signal);
      if (stream.destroyed) throw daemonLost(verb);
      return await send(verb, input, options);
    },
    async [Symbol.asyncDispose]() {
      stream.destroy();
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function aborted(verb: string, { reason }: AbortSignal): BowspritError {
  return new BowspritError(ErrorCode.Aborted, `${verb}: told to stop`, { cause: reason });
}
