import { createServer, type Server, type Socket } from "node:net";
import { type CloseOptions, createStreamSet } from "@bowsprit/transport";

/** A server that knows its open streams. */
export interface Acceptor {
  readonly server: Server;
  /** Stops listening, gives open streams their grace and destroys the rest; ends when all are gone. */
  stop(options?: CloseOptions): Promise<void>;
}

/** A server that is not bound yet; each accepted stream goes to `accept`. */
export function createAcceptor(accept: (stream: Socket) => void): Acceptor {
  const streams = createStreamSet();
  const server = createServer({ allowHalfOpen: true }, (stream) => {
    streams.add(stream);
    accept(stream);
  });
  // A connection that could not be accepted is its dialler's loss; the next one may succeed.
  server.on("error", () => {});
  return {
    server,
    async stop(options) {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await streams.close(options);
      await closed;
    },
  };
}
