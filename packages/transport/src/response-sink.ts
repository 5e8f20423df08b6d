/** Header fields as name, value, name, value: in the order and the spelling in which they came, duplicates kept. */
export type RawHeaders = readonly string[];

/**
 * Takes an answer as it comes. The calls come in the order of this interface, `head` and `failed` at most once each; after `end` or
 * `failed` nothing comes any more. What a method throws ends the exchange.
 */
export interface ResponseSink {
  /** The final status line and the fields, bytes read as Latin-1. */
  head(status: number, statusText: string, headers: RawHeaders): void;
  /** Bytes of the body; false holds the backend back until {@link Forwarding.resume}. The buffer is the sink's to keep. */
  data(chunk: Buffer): boolean;
  end(): void;
  /** The answer never came, or is cut short; `error` is what `ServiceClient.request` would have thrown. */
  failed(error: Error): void;
}

/** A request under way in its raw form. */
export interface Forwarding {
  /** Goes on after `data` answered false. */
  resume(): void;
  /** Ends the exchange and its connection; the sink is told `ABORTED`, unless it was told its end already. */
  abort(reason?: unknown): void;
}
