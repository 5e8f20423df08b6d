import { createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { type Address, createStreamSet, type Listener } from "@bowsprit/transport";
import { dialPipe, type PipeDial } from "./dial-pipe.ts";

export interface PipeListen extends PipeDial {
  readonly address: Address;
  readonly accept: (stream: Duplex) => void;
}

/**
 * Binds a pipe that nobody else has. It is dialled first: Windows refuses a second owner by itself, but not every system that runs
 * Windows programs does. The streams belong to `accept`; closing the listener destroys those still open.
 * @throws BowspritError `ENDPOINT_IN_USE`, `ENDPOINT_INVALID`, `ENDPOINT_FORBIDDEN`, `ABORTED`.
 */
export async function listenPipe(listen: PipeListen): Promise<Listener> {
  const { path, attempt, address, accept } = listen;
  await refuseLive(listen);
  const streams = createStreamSet();
  const server = createServer({ allowHalfOpen: false }, (stream) => {
    streams.add(stream);
    accept(stream);
  });
  await bind(server, path, attempt);
  let closed: Promise<void> | undefined;
  const close: Listener["close"] = (options) => (closed ??= shut(server, streams.close(options)));
  return { address, close, [Symbol.asyncDispose]: () => close() };
}

async function refuseLive(dial: PipeDial): Promise<void> {
  try {
    (await dialPipe(dial)).destroy();
  } catch (reason) {
    if (BowspritError.is(reason, ErrorCode.EndpointUnreachable)) return;
    // A pipe whose instances are all taken, or that forbids us, is somebody's pipe.
    const taken =
      BowspritError.is(reason, ErrorCode.DeadlineExceeded) || BowspritError.is(reason, ErrorCode.EndpointForbidden);
    if (!taken) throw reason;
  }
  throw new BowspritError(ErrorCode.EndpointInUse, `${dial.attempt}: already in use`, {
    hint: "Another program listens on this pipe; stop it, or use another name.",
  });
}

async function bind(server: Server, path: string, attempt: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject).listen({ path, readableAll: false, writableAll: false, exclusive: true }, resolve);
  try {
    await promise;
  } catch (reason) {
    throw fromNodeError(reason, { attempt });
  }
  // From here on an error is a caller that was lost on its way in: it has its own error, and the pipe goes on.
  server.off("error", reject).on("error", () => undefined);
}

async function shut(server: Server, streamsClosed: Promise<void>): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await Promise.all([closed.promise, streamsClosed]);
}
