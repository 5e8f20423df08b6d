import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createEventReader } from "./event-reader.ts";
import type { CheckedEvents } from "./event-request.ts";
import { attemptOf, type CheckedRequest } from "./exchange.ts";
import { createInbox } from "./inbox.ts";
import type { Forwarding, RawHeaders, ResponseSink } from "./response-sink.ts";
import type { ServiceEvent } from "./service-event.ts";

type Begin = (request: CheckedRequest, sink: ResponseSink) => Forwarding;

/** The events of one answer for each loop, whose request `begin` sends. */
export function followEvents(checked: CheckedEvents, begin: Begin): AsyncIterable<ServiceEvent> {
  return { [Symbol.asyncIterator]: () => follow(checked, begin) };
}

function follow({ request, maxEventBytes }: CheckedEvents, begin: Begin): AsyncIterator<ServiceEvent, undefined> {
  const attempt = attemptOf(request);
  const begun: { forwarding?: Forwarding } = {};
  const inbox = createInbox<ServiceEvent>({
    onRoom: () => begun.forwarding?.resume(),
    onLeave: () => begun.forwarding?.abort(),
  });
  const reader = createEventReader({
    maxEventBytes,
    onEvent: (event, bytes) => inbox.put(event, bytes),
  });
  const stop = (error: BowspritError): void => {
    inbox.end(error);
    begun.forwarding?.abort(error);
  };
  begun.forwarding = begin(request, {
    head(status, _, headers) {
      const why = refusalOf(status, headers);
      if (why === undefined) return;
      stop(new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`, { details: { status } }));
    },
    data(chunk) {
      if (reader.feed(chunk)) return inbox.hasRoom;
      stop(new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: an event is over ${maxEventBytes} bytes`));
      return true;
    },
    end: () => inbox.end(),
    failed(error) {
      if (BowspritError.is(error, ErrorCode.Aborted)) inbox.cut(error);
      else inbox.end(error);
    },
  });
  return inbox.reader;
}

/** HTML §9.2.3: anything but 200 and this media type is a failure. */
function refusalOf(status: number, headers: RawHeaders): string | undefined {
  if (status !== 200) return `the backend answered ${status} instead of an event stream`;
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === "content-type");
  const type = at < 0 ? "without a media type" : `with ${JSON.stringify(headers[at + 1])}`;
  if (at >= 0 && /^text\/event-stream[\t ]*(?:;|$)/iu.test(headers[at + 1] ?? "")) return undefined;
  return `the backend answered ${type} instead of an event stream`;
}
