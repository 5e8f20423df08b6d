import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import { createFrameReader, encodeFrame, type Frame } from "./frames.ts";
import type { VerbCall } from "./message-verbs.ts";

/** What a channel offers, by name; the answer of each must be small. */
export type ServedVerbs = Readonly<Record<string, (input: unknown, call: VerbCall) => Promise<unknown>>>;

/** Calls that one peer may have under way; a peer that breaks this is no client of ours. */
export const maxCalls = 64;

/** Bytes that wait for a slow peer before its progress messages, which only inform, are left out. */
export const maxBacklogBytes = 262_144;

/**
 * Answers a peer's calls on an admitted stream, which belongs to the channel from now on. Malformed messages, too many calls at once,
 * or the end of the stream end the channel, and with it every call. A peer that does not read is not read from.
 */
export function serveMessages(stream: Duplex, verbs: ServedVerbs): void {
  const calls = new Map<number, AbortController>();

  const send = (type: string, data: unknown): void => {
    if (stream.destroyed || stream.write(encodeFrame(type, data)) || stream.isPaused()) return;
    stream.pause().once("drain", () => stream.resume());
  };
  const answer = (id: number, outcome: { readonly result: unknown } | { readonly error: unknown }): void => {
    calls.delete(id);
    try {
      if ("result" in outcome) send("reply", { id, result: outcome.result ?? null });
      else send("failure", { id, error: BowspritError.from(outcome.error) });
    } catch (error) {
      // What is over the limit of a frame: its own error is small.
      send("failure", { id, error });
    }
  };
  const run = async (id: number, data: Readonly<Record<string, unknown>>): Promise<void> => {
    const controller = new AbortController();
    calls.set(id, controller);
    const onProgress = (message: string): void => {
      if (calls.get(id) === controller && stream.writableLength < maxBacklogBytes)
        send("progress", { id, message: shorten(message) });
    };
    try {
      const name = typeof data["verb"] === "string" ? data["verb"] : "";
      const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
      if (verb === undefined) throw unknownVerb(name);
      answer(id, { result: await verb(data["input"], { signal: controller.signal, onProgress }) });
    } catch (error) {
      answer(id, { error });
    }
  };
  const take = ({ type, data }: Frame): void => {
    const id = isJsonObject(data) ? data["id"] : undefined;
    if (!isJsonObject(data) || typeof id !== "number" || !Number.isSafeInteger(id)) throw malformed("a call has no id");
    if (type === "cancel") calls.get(id)?.abort();
    else if (type !== "call") throw malformed(`${type} is none of the messages that a daemon gets`);
    else if (calls.has(id)) throw malformed(`call ${id} is under way`);
    else if (calls.size >= maxCalls) throw malformed(`more than ${maxCalls} calls at once`);
    else void run(id, data);
  };

  stream.once("close", () => {
    for (const controller of calls.values()) controller.abort();
  });
  readFrames(stream, take);
}

/** Hands each frame of a stream to `take`; what is no frame, or what `take` refuses by throwing, destroys the stream. */
export function readFrames(stream: Duplex, take: (frame: Frame) => void): void {
  const reader = createFrameReader();
  stream
    .on("error", () => {})
    .on("end", () => stream.destroy())
    .on("data", (chunk: Buffer) => {
      try {
        reader.feed(chunk);
        for (let frame = reader.next(); frame !== undefined; frame = reader.next()) take(frame);
      } catch {
        stream.destroy();
      }
    })
    .resume();
}

/** Progress is for people: a line that would fill a frame says no more than its beginning. */
function shorten(message: string): string {
  return message.length > 8192 ? `${message.slice(0, 8192)}…` : message;
}

function malformed(why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, `read a message: ${why}`);
}

function unknownVerb(name: string): BowspritError {
  return new BowspritError(ErrorCode.Unsupported, `call ${JSON.stringify(name.slice(0, 80))}: no such verb`, {
    hint: "The daemon is of another version than this program: stop it and start it anew.",
  });
}
