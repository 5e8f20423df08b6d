import type { Duplex } from "node:stream";
import type { CloseOptions } from "./transport.ts";

/** The streams that a listener accepted and that are still open: what every transport needs to close one. */
export interface StreamSet {
  /** Remembers a stream until it closes. An error of it that nobody else listens for ends nothing but that stream. */
  add(stream: Duplex): void;
  /** Gives every stream its grace, destroys what is left, also what is added later, and ends when all are gone. */
  close(options?: CloseOptions): Promise<void>;
}

/** An empty set. */
export function createStreamSet(): StreamSet {
  const streams = new Set<Duplex>();
  const empty = Promise.withResolvers<void>();
  let isClosing = false;
  let isOver = false;
  const settle = (): void => {
    if (isClosing && streams.size === 0) empty.resolve();
  };
  const end = (): void => {
    isOver = true;
    for (const stream of streams) stream.destroy();
  };
  return {
    add(stream) {
      streams.add(stream);
      stream.once("close", () => {
        streams.delete(stream);
        settle();
      });
      // Whoever dials may reset before the owner listens for errors: that must not end the process.
      stream.on("error", () => {});
      if (isOver) stream.destroy();
    },
    async close({ graceMs = 0 } = {}) {
      isClosing = true;
      settle();
      const timer = graceMs > 0 ? setTimeout(end, graceMs) : end();
      await empty.promise;
      clearTimeout(timer ?? undefined);
    },
  };
}
