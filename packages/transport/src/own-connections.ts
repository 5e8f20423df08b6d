import type { Duplex } from "node:stream";
import type { CallScope } from "./call-scope.ts";
import { dialBackend, type DialOptions } from "./dial-backend.ts";

/** Connections beside a client's pool, each for one call: what was switched to another protocol never goes back. */
export interface OwnConnections {
  /**
   * Dials. The stream is destroyed when the scope's signal fires; an error of it that nobody listens for ends it and nothing else.
   * @throws BowspritError what the dialer throws, or what ended the scope.
   */
  dial(scope: CallScope): Promise<Duplex>;
  /** Destroys every stream that is still open; ends when all are gone. */
  destroy(reason: Error): Promise<void>;
}

export function createOwnConnections(options: DialOptions): OwnConnections {
  const streams = new Set<Duplex>();
  return {
    async dial({ signal }) {
      signal.throwIfAborted();
      const stream = await dialBackend(options, signal).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error;
      });
      stream.on("error", () => {});
      streams.add(stream);
      stream.once("close", () => streams.delete(stream));
      if (signal.aborted) stream.destroy(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener("abort", () => stream.destroy(signal.reason));
      return stream;
    },
    async destroy(reason) {
      await Promise.all([...streams].map((stream) => destroyed(stream, reason)));
    },
  };
}

function destroyed(stream: Duplex, reason: Error): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.once("close", resolve);
  stream.destroy(reason);
  return promise;
}
