/** What a raw peer writes each time a whole request head has come. */
export interface ScriptedAnswer {
  /** Written as Latin-1. */
  readonly text: string;
  /** Bytes of one write; the default is all at once. Every piece leaves before the next is written. */
  readonly pieceBytes?: number;
  /** What becomes of the stream then; by default it stays open. */
  readonly ending?: "end" | "destroy";
}

/**
 * Who is at the other end of a stream. Plain data, so that a dialer whose peers live elsewhere, in another process for one, can hand it
 * on: `servePeer` then makes it happen there.
 */
export type Peer =
  /** Writes back what it reads, and ends when that ends. */
  | { readonly kind: "echo" }
  /** Writes so many bytes of {@link pattern}, then ends. */
  | { readonly kind: "source"; readonly bytes: number }
  /** Reads what comes and says nothing. */
  | { readonly kind: "silent" }
  /** Closes with bytes unread once some have come: the other end finds its connection reset. */
  | { readonly kind: "resets" }
  /** Closes at once. */
  | { readonly kind: "gone" }
  /** An HTTP server: see `serveHttp`. */
  | { readonly kind: "http" }
  /** Answers request heads with bytes of its own; the last answer is for all further ones. */
  | { readonly kind: "script"; readonly answers: readonly ScriptedAnswer[] };
