import { checkLimit } from "./check-limit.ts";
import { checkRequestLine } from "./check-request.ts";
import type { CheckedRequest } from "./exchange.ts";
import { flattenHeaders, overrideHeaders } from "./request-headers.ts";
import type { RawHeaders } from "./response-sink.ts";
import type { EventOptions } from "./service-event.ts";

/** An event stream that may be asked for. */
export interface CheckedEvents {
  readonly request: CheckedRequest;
  readonly maxEventBytes: number;
}

/** @throws BowspritError `INVALID_ARGUMENT` for a stream that must not be asked for, TypeError for values of the wrong type. */
export function checkEvents(path: string, options: EventOptions, defaultHeaders: RawHeaders): CheckedEvents {
  const { headers = [], lastEventId = "", idleTimeoutMs = 0, maxEventBytes = 1024 * 1024 } = options;
  checkRequestLine({ method: "GET", path });
  if (typeof lastEventId !== "string") throw new TypeError("the id of an event is a string");
  const fields = overrideHeaders(defaultHeaders, flattenHeaders(headers));
  // HTML §9.2.3 sends the id in UTF-8, whose bytes a field takes one by one.
  const id = Buffer.from(lastEventId).toString("latin1");
  const own = flattenHeaders({ accept: "text/event-stream", ...(id !== "" && { "last-event-id": id }) });
  return {
    request: { method: "GET", path, headers: overrideHeaders(fields, own), body: null, idleTimeoutMs },
    maxEventBytes: checkLimit("maxEventBytes", maxEventBytes),
  };
}
