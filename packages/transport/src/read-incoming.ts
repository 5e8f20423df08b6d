import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { CallScope } from "./call-scope.ts";
import { readResponse } from "./read-response.ts";
import type { ServiceResponse } from "./service-message.ts";

/** The connection of one answer, which ends with it. */
export interface IncomingOptions {
  readonly scope: CallScope;
  readonly stream: Duplex;
  /** Milliseconds the answer may stand still while its reader waits; 0 waits for ever. */
  readonly idleTimeoutMs: number;
  /** Tells of errors that `node:http` reports elsewhere than on the message. */
  readonly onError: (listener: (reason: unknown) => void) => void;
  /** Makes an error ours. */
  readonly toError: (reason: unknown) => BowspritError;
}

/** The answer that `node:http` parsed, as the client gives every answer. The limits of the scope hold until its last byte. */
export function readIncoming(incoming: IncomingMessage, options: IncomingOptions): Promise<ServiceResponse> {
  const { scope, stream, idleTimeoutMs } = options;
  const waitForMore = (): void => scope.limit(idleTimeoutMs, "the backend stopped in the middle of its answer");
  return readResponse(
    () => scope.attempt,
    (sink) => {
      let isOver = false;
      const finish = (tell: () => void): void => {
        if (isOver) return;
        isOver = true;
        scope[Symbol.dispose]();
        stream.destroy();
        tell();
      };
      const fail = (reason: unknown): void => finish(() => sink.failed(options.toError(reason)));
      sink.head(incoming.statusCode ?? 0, incoming.statusMessage ?? "", incoming.rawHeaders);
      options.onError(fail);
      incoming.on("error", fail);
      incoming.once("end", () => finish(() => sink.end()));
      incoming.on("data", (chunk: Buffer) => {
        if (isOver) return;
        waitForMore();
        if (sink.data(chunk)) return;
        incoming.pause();
        scope.limit(0, "");
      });
      waitForMore();
      return {
        resume() {
          if (!isOver && incoming.isPaused()) waitForMore();
          incoming.resume();
        },
        abort: (cause) =>
          fail(new BowspritError(ErrorCode.Aborted, `${scope.attempt}: the reader of the answer has gone`, { cause })),
      };
    },
  );
}
