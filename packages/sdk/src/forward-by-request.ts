import { Readable } from "node:stream";
import { BowspritError } from "@bowsprit/core";
import type { Host } from "./host.ts";

/**
 * Makes `Host.forward` of a host's `request`, for hosts that have no shorter way: the answer passes through a stream between the two.
 */
export function forwardByRequest(request: Host["request"]): Host["forward"] {
  return (id, { method, path, headers, body }, { sink, ...call }) => {
    const gone = new AbortController();
    const signal = call.signal === undefined ? gone.signal : AbortSignal.any([call.signal, gone.signal]);
    let stream: Readable | undefined;
    const run = async (): Promise<void> => {
      const fields = headers.flatMap((name, index) =>
        index % 2 === 0 ? [[name, headers[index + 1] ?? ""] as const] : [],
      );
      const message = { method, path, headers: fields, ...(body !== undefined && { body }) };
      const response = await request(id, message, { ...call, signal });
      sink.head(response.status, response.statusText, response.headers.flat());
      stream = Readable.from(response.body, { objectMode: false });
      stream.on("data", (chunk: Buffer) => {
        if (!sink.data(chunk)) stream?.pause();
      });
      stream.once("end", () => sink.end());
      stream.once("error", (error) => sink.failed(error));
    };
    run().catch((error: unknown) => sink.failed(BowspritError.from(error)));
    return {
      resume: () => void stream?.resume(),
      abort: (reason) => gone.abort(reason),
    };
  };
}
