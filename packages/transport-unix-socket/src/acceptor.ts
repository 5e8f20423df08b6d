import { createServer, type Server, type Socket } from "node:net";

/** A server that knows its open streams. */
export interface Acceptor {
  readonly server: Server;
  /** Stops listening and destroys every open stream; ends when all are gone. */
  stop(): Promise<void>;
}

/** A server that is not bound yet; each accepted stream goes to `accept`. */
export function createAcceptor(accept: (stream: Socket) => void): Acceptor {
  const streams = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (stream) => {
    streams.add(stream);
    stream.once("close", () => streams.delete(stream));
    // Whoever dials may reset before the owner listens for errors: that must not end the process.
    stream.on("error", () => {});
    accept(stream);
  });
  // A connection that could not be accepted is its dialler's loss; the next one may succeed.
  server.on("error", () => {});
  return {
    server,
    async stop() {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const stream of streams) stream.destroy();
      await closed;
    },
  };
}
