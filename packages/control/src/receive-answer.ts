import { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceResponse } from "@bowsprit/sdk";
import type { Forwarding, ResponseSink } from "@bowsprit/transport";
import { daemonLost } from "./daemon-lost.ts";
import { createReaders } from "./create-readers.ts";
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
  const { promise, resolve, reject } = Promise.withResolvers<ServiceResponse>();
  const begun: { forwarding?: Forwarding } = {};
  let isOver = false;
  // What the last push said: a piece without data must not hold back, since only a push makes the reader ask again.
  let hasRoom = true;
  const body = new Readable({
    read() {
      hasRoom = true;
      begun.forwarding?.resume();
    },
    destroy(error, done) {
      if (!isOver) begun.forwarding?.abort(error ?? undefined);
      done(error);
    },
  }).on("error", () => {});
  const fail = (error: BowspritError): void => {
    if (isOver) return;
    isOver = true;
    reject(error);
    body.destroy(error);
    begun.forwarding?.abort();
  };
  const records = createRecordReader((kind, payload) => {
    if (isOver) return;
    if (kind === "H") resolve({ ...readHead(payload), body, ...createReaders(body, attempt) });
    else if (kind === "D") hasRoom = body.push(payload);
    else if (kind === "E") fail(BowspritError.fromJSON(JSON.parse(payload.toString("utf8"))));
    else {
      isOver = true;
      body.push(null);
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
  return promise;
}

function readHead(payload: Buffer): Pick<ServiceResponse, "status" | "statusText" | "headers"> {
  return JSON.parse(payload.toString("utf8")) as Pick<ServiceResponse, "status" | "statusText" | "headers">;
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
