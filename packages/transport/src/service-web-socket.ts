import type { ServiceCallOptions } from "./request-shorthands.ts";

/**
 * How a WebSocket is opened and what it may hold. `signal` and `timeoutMs` are for opening it and do not touch it afterwards; among the
 * headers, `Sec-WebSocket-*` is the client's own to say.
 */
export interface WebSocketOptions extends ServiceCallOptions {
  /** The subprotocols to offer, the preferred one first; the backend must choose one of them. The default is none. */
  readonly protocols?: readonly string[];
  /** Bytes one incoming message may have; the default is 16 MiB, and a larger one ends the connection. */
  readonly maxMessageBytes?: number;
  /** Bytes that may wait to be sent when another message is; the default is 1 MiB. */
  readonly maxBufferedBytes?: number;
  /** Milliseconds for the backend to answer a close; the default is 5,000, as for dialling: nobody waits for a peer that is gone. */
  readonly closeTimeoutMs?: number;
}

/** How a WebSocket ended: 1005 is a close without a code, 1006 a connection that broke. */
export interface WebSocketClose {
  readonly code: number;
  readonly reason: string;
}

/**
 * A WebSocket to a backend: text is a string, binary data are bytes. Pings are answered; nothing is compressed.
 *
 * Its messages are read by a loop, each of them once. While nobody takes them the backend is held back: at most about 64 KiB, what one
 * read of the connection brought, and the message that is arriving are kept, and pings wait like everything else. The loop ends when the
 * backend closes, with whatever code. It throws `CONNECTION_LOST` when the connection breaks, `MESSAGE_TOO_LARGE` (the backend is told
 * 1009, or 1008 for more than 1,024 fragments), `MESSAGE_MALFORMED` (1002, or 1007 for text that is not UTF-8), and `ABORTED` when the
 * client is closed; in each case after the messages that were whole. Leaving the loop early closes the WebSocket.
 */
export interface ServiceWebSocket extends AsyncDisposable, AsyncIterable<string | Uint8Array> {
  /** The subprotocol the backend chose, or an empty string. */
  readonly protocol: string;
  /**
   * Sends one message; settled when the operating system has taken its bytes, which must stay as they are until then. Who awaits it never
   * has more than one message waiting.
   * @throws BowspritError `INVALID_ARGUMENT` while `maxBufferedBytes` or more wait already: the message is not sent, the connection stays
   * as it is. `CONNECTION_LOST` when it is closed or breaks, or what broke it.
   */
  send(data: string | Uint8Array): Promise<void>;
  /**
   * Says goodbye, by default with 1000, and ends when the connection is closed; a backend that has not answered after `closeTimeoutMs` is
   * cut off. Messages that come later are discarded. The reason has at most 123 bytes.
   * @throws BowspritError `INVALID_ARGUMENT` for a code or a reason that cannot be sent.
   */
  close(code?: number, reason?: string): Promise<void>;
  /** Settled when the connection is closed, however it ended, and what came before was taken or dropped; it never rejects. */
  readonly closed: Promise<WebSocketClose>;
  /** Closes it with 1000. */
  [Symbol.asyncDispose](): Promise<void>;
}
