import { Worker } from "node:worker_threads";
import { BowspritError, type CallOptions, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { ImageProgress } from "./session/image-location.ts";
import type { ImageQuestion, ImageReply, ImageThreadData } from "./session/image-messages.ts";

/** A thread that has an image open. Disposing ends it, whatever it does. */
export interface ImageThread extends AsyncDisposable {
  /** The answer to the opening. */
  readonly opened: Promise<unknown>;
  /** @throws BowspritError what the thread failed with; `ABORTED`, after which the thread is gone. */
  ask(question: ImageQuestion, options?: CallOptions): Promise<unknown>;
}

export interface ImageThreadOptions extends Pick<CallOptions, "signal"> {
  readonly data: ImageThreadData;
  readonly onProgress: (progress: ImageProgress) => void;
}

/**
 * What a thread may keep for JavaScript: the program around goes on, whatever an image is. Young objects get little room, since with much
 * of it an image's headers would lie there long before anybody looks.
 */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 };

/** In this repository it is TypeScript, in a package it was built. */
const program = new URL(`./image-thread.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

/** Starts a thread that opens an image. */
export function startImageThread({ data, signal, onProgress }: ImageThreadOptions): ImageThread {
  const worker = new Worker(program, { workerData: data, resourceLimits });
  const attempt = `open ${data.location.path}`;
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let isGone = false;
  const next = (): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    waiting.push(answer);
    return answer.promise;
  };
  const failAll = (error: BowspritError): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const stop = async (): Promise<void> => {
    await worker.terminate();
    failAll(new BowspritError(ErrorCode.Aborted, `${attempt}: its thread was ended`));
  };
  const onAbort = (): void => {
    failAll(new BowspritError(ErrorCode.Aborted, `${attempt}: told to stop`, { cause: signal?.reason }));
    void worker.terminate();
  };
  worker.on("message", (reply: ImageReply) => {
    if (reply.say === "progress") onProgress(reply.progress);
    else if (reply.say === "answer") waiting.shift()?.resolve(reply.value);
    else waiting.shift()?.reject(BowspritError.fromJSON(reply.error));
  });
  worker.on("error", (error) => failAll(fromNodeError(error, { attempt })));
  worker.once("exit", () => {
    isGone = true;
    signal?.removeEventListener("abort", onAbort);
    failAll(new BowspritError(ErrorCode.Internal, `${attempt}: its thread ended before it was done`));
  });
  signal?.addEventListener("abort", onAbort);
  const opened = next();
  if (signal?.aborted === true) onAbort();
  return {
    opened,
    async ask(question, options = {}) {
      if (isGone) throw new BowspritError(ErrorCode.Aborted, `${attempt}: its thread was ended`);
      const answer = next();
      worker.postMessage(question);
      return await untilAborted(answer, { ...options, attempt, stop });
    },
    [Symbol.asyncDispose]: stop,
  };
}

interface Stoppable extends CallOptions {
  readonly attempt: string;
  readonly stop: () => Promise<void>;
}

/** A write that is called off must have ended when this has: whoever called clears away what it left. */
async function untilAborted(answer: Promise<unknown>, { signal, attempt, stop }: Stoppable): Promise<unknown> {
  const { promise: aborted, resolve } = Promise.withResolvers<"aborted">();
  const onAbort = (): void => resolve("aborted");
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted === true) onAbort();
  answer.catch(() => {});
  try {
    const first = await Promise.race([answer.then((value) => ({ value })), aborted]);
    if (first !== "aborted") return first.value;
    await stop();
    throw new BowspritError(ErrorCode.Aborted, `${attempt}: told to stop`, { cause: signal?.reason });
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
