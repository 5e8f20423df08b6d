import { createReaders, createResponseBody } from "./response-body.ts";
import type { Forwarding, RawHeaders, ResponseSink } from "./response-sink.ts";
import type { ServiceResponse } from "./service-message.ts";

/**
 * Makes one answer of an exchange in its raw form: `begin` starts it with the sink it is given. `attempt` begins the messages.
 * @throws what the sink's `failed` is told before the head came.
 */
export function readResponse(
  attempt: () => string,
  begin: (sink: ResponseSink) => Forwarding,
): Promise<ServiceResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ServiceResponse>();
  const begun: { forwarding?: Forwarding } = {};
  const body = createResponseBody({
    onRoom: () => begun.forwarding?.resume(),
    onClose: () => begun.forwarding?.abort(),
  });
  begun.forwarding = begin({
    head(status, statusText, headers) {
      resolve({ status, statusText, headers: pairsOf(headers), body, ...createReaders(body, attempt) });
    },
    data: (chunk) => body.push(chunk),
    end: () => void body.push(null),
    failed(error) {
      reject(error);
      body.destroy(error);
    },
  });
  return promise;
}

/** A flat list as pairs. */
export function pairsOf(flat: RawHeaders): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < flat.length; index += 2) pairs.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  return pairs;
}
