import type { Answer } from "./call.ts";

/** Tells the answers to messages apart that are under way on one connection. */
export interface Replies {
  /** A number for the next message, and the promise of its answer. */
  expect(): { readonly id: number; readonly answer: Promise<Answer> };
  /** The answer to a message has come. */
  arrived(id: number, answer: Answer): void;
  /** No answer will come any more. */
  fail(reason: Error): void;
}

export function createReplies(): Replies {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let last = 0;
  return {
    expect() {
      const id = ++last;
      const answer = Promise.withResolvers<Answer>();
      waiting.set(id, answer);
      return { id, answer: answer.promise };
    },
    arrived(id, answer) {
      const asked = waiting.get(id);
      if (asked === undefined) throw new Error(`an answer came to message ${id}, which waits for none`);
      waiting.delete(id);
      asked.resolve(answer);
    },
    fail(reason) {
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}
