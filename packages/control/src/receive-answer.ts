import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceResponse } from "@bowsprit/sdk";
import { type Forwarding, readResponse, type ResponseSink } from "@bowsprit/transport";
import { daemonLost } from "./daemon-lost.ts";
import { createRecordReader } from "./records.ts";

/** An exchange with the daemon that carries one with a backend. */
export interface CarriedExchange {
  /** What was asked of the backend: it begins the messages, as those of a direct host. */
  readonly attempt: string;
  /** What begins the messages of the exchange that carries it. */
  readonly own: string;
  begin(sink: ResponseSink): Forwarding;
}

/**
 * The backend's answer out of the records in the daemon's.
 * @throws BowspritError what the daemon's host threw, `CONNECTION_LOST` where the daemon went away.
 */
export function receiveAnswer({ attempt, own, begin }: CarriedExchange): Promise<ServiceResponse> {
  return readResponse(
    () => attempt,
    (sink) => {
      const begun: { forwarding?: Forwarding } = {};
      let isOver = false;
      // What the last data said: a piece without any must not hold back, since only data make the reader ask again.
      let hasRoom = true;
      const fail = (error: BowspritError): void => {
        if (isOver) return;
        isOver = true;
        sink.failed(error);
        begun.forwarding?.abort();
      };
      const records = createRecordReader((kind, payload) => {
        if (isOver) return;
        if (kind === "H") tellHead(payload, sink);
        else if (kind === "D") hasRoom = sink.data(payload);
        else if (kind === "E") fail(BowspritError.fromJSON(JSON.parse(payload.toString("utf8"))));
        else {
          isOver = true;
          sink.end();
        }
      });
      begun.forwarding = begin({
        head: () => undefined,
        data(chunk) {
          try {
            records.feed(chunk);
          } catch (error) {
            fail(BowspritError.from(error));
          }
          return isOver || hasRoom;
        },
        end: () => fail(daemonLost(attempt)),
        failed: (error) => fail(translate(BowspritError.from(error), { attempt, own })),
      });
      return {
        resume() {
          hasRoom = true;
          begun.forwarding?.resume();
        },
        abort(reason) {
          if (!isOver) begun.forwarding?.abort(reason);
        },
      };
    },
  );
}

function tellHead(payload: Buffer, sink: ResponseSink): void {
  const { status, statusText, headers } = JSON.parse(payload.toString("utf8")) as Pick<
    ServiceResponse,
    "status" | "statusText" | "headers"
  >;
  sink.head(status, statusText, headers.flat());
}

/** What fails on the way to the daemon reads as what was asked for, not as how it was carried. */
function translate(error: BowspritError, { attempt, own }: Pick<CarriedExchange, "attempt" | "own">): BowspritError {
  if (!error.message.startsWith(`${own}:`)) return error;
  if (error.code === ErrorCode.ConnectionLost) return daemonLost(attempt, error);
  return new BowspritError(error.code, attempt + error.message.slice(own.length), {
    cause: error.cause,
    details: error.details,
    ...(error.hint !== undefined && { hint: error.hint }),
  });
}
