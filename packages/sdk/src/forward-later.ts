import { BowspritError, type CallOptions } from "@bowsprit/core";
import type { ForwardRequest, Forwarding, ServiceClient } from "@bowsprit/transport";
import type { ForwardOptions } from "./host.ts";

export interface ForwardLaterOptions extends ForwardOptions {
  /** Starts the backend and answers with its client. */
  readonly start: (call: CallOptions) => Promise<ServiceClient>;
}

/** Hands a request on to a backend that must be started first. Whatever fails, the sink is told. */
export function forwardLater(request: ForwardRequest, options: ForwardLaterOptions): Forwarding {
  const { sink, start, signal, timeoutMs } = options;
  const gone = new AbortController();
  const over = signal === undefined ? gone.signal : AbortSignal.any([signal, gone.signal]);
  const limits: CallOptions = { signal: over, ...(timeoutMs !== undefined && { timeoutMs }) };
  let forwarding: Forwarding | undefined;
  const begin = async (): Promise<void> => {
    try {
      forwarding = (await start(limits)).forward(request, sink, limits);
    } catch (error) {
      if (request.body !== undefined && "destroy" in request.body) request.body.destroy();
      sink.failed(BowspritError.from(error));
    }
  };
  void begin();
  return {
    resume: () => forwarding?.resume(),
    abort(reason) {
      if (forwarding === undefined) gone.abort(reason);
      else forwarding.abort(reason);
    },
  };
}
