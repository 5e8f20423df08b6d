/** Header fields in the order in which they are sent, duplicates allowed; or a record, where each name occurs once. */
export type ServiceHeaders = readonly (readonly [name: string, value: string])[] | Readonly<Record<string, string>>;

/** One HTTP request to a backend. */
export interface ServiceRequest {
  /** Any HTTP token but `CONNECT`, sent as it is. */
  readonly method: string;
  /** Path and query, beginning with one `/`, percent-encoded by the caller and sent as it is. */
  readonly path: string;
  /**
   * `Host`, `Expect`, the framing and the hop-by-hop fields are dropped, as are those that `Connection` names: the connection is ours,
   * not the caller's.
   */
  readonly headers?: ServiceHeaders;
  /**
   * Bytes or UTF-8 text are sent with their length, a stream in chunks and no faster than the backend reads. A stream belongs to the
   * call: it is closed when the exchange ends, however it ends.
   */
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** A backend's answer, final status only. Nothing is decoded, decompressed or followed. */
export interface ServiceResponse {
  readonly status: number;
  readonly statusText: string;
  /** As the backend sent them: in order, in its spelling, duplicates kept, bytes read as Latin-1. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /**
   * The bytes, once. Reading slowly holds the backend back; leaving the loop early closes the connection. A body that is cut short
   * throws `CONNECTION_LOST`, it never ends cleanly.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** The body as UTF-8 text. Instead of `body`, once. */
  text(): Promise<string>;
  /** All bytes in memory. Instead of `body`, once. */
  bytes(): Promise<Uint8Array>;
  /**
   * The body as JSON. Instead of `body`, once.
   * @throws BowspritError `MESSAGE_MALFORMED` when it is not JSON.
   */
  json(): Promise<unknown>;
}
