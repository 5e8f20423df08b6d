import type { Duplex } from "node:stream";
import { BowspritError, isJsonObject } from "@bowsprit/core";
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
   * Calls a verb and answers with its result. Calls that a daemon would not take yet wait, 1,024 at most.
   * @throws BowspritError what the verb failed with, `CONNECTION_LOST` when the daemon goes away, `ABORTED`, `INVALID_ARGUMENT` where too
   * many wait; and what `onProgress` throws, for which the call is called off.
   */
  call<Name extends keyof Verbs & string>(
    verb: Name,
    input: Verbs[Name]["input"],
    options?: MessageCallOptions,
  ): Promise<Verbs[Name]["result"]>;
}

interface Pending {
  readonly verb: string;
  readonly tell: (message: string) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: BowspritError) => void;
}

/** Calls that wait until the daemon would take them: far more than any program of ours makes at once. */
const maxWaiting = 1024;

/** The caller's end of an admitted stream, which belongs to the client from now on. */
export function createMessageClient<Verbs extends VerbMap<Verbs> = MessageVerbs>(stream: Duplex): MessageClient<Verbs> {
  const places = createPlaces({ count: maxCalls, maxWaiting });
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
    if (type === "progress") pending.get(id)?.tell(textOf(message["message"]));
    else if (type === "reply") settle(id)?.resolve(message["result"]);
    else if (type === "failure") settle(id)?.reject(BowspritError.fromJSON(message["error"]));
  };
  const send = async (verb: string, input: unknown, options: MessageCallOptions): Promise<unknown> => {
    const id = (lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const cancel = (): void => void stream.write(encodeFrame("cancel", { id }));
    const listener = guardListener(options.onProgress, cancel);
    stream.write(encodeFrame("call", { id, verb, input }));
    pending.set(id, { verb, tell: listener.tell, resolve, reject });
    options.signal?.addEventListener("abort", cancel);
    return promise.finally(() => {
      options.signal?.removeEventListener("abort", cancel);
      listener.check();
    });
  };

  readFrames(stream, take);
  stream.once("close", () => {
    for (const [id, { verb }] of pending) settle(id)?.reject(daemonLost(verb));
  });
  return {
    async call(verb, input, options = {}) {
      using _place = await places.take(verb, options.signal);
      if (stream.destroyed) throw daemonLost(verb);
      return await send(verb, input, options);
    },
    async [Symbol.asyncDispose]() {
      stream.destroy();
    },
  };
}

/** A listener that throws is told no more, and its call is called off: the other calls on the stream have no part in it. */
function guardListener(
  listener: MessageCallOptions["onProgress"],
  callOff: () => void,
): { tell(message: string): void; check(): void } {
  let broken: { readonly reason: unknown } | undefined;
  return {
    tell(message) {
      try {
        if (broken === undefined) listener?.(message);
      } catch (reason) {
        broken = { reason };
        callOff();
      }
    },
    check() {
      if (broken !== undefined) throw broken.reason;
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
