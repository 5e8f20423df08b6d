import { type ClientRequest, type IncomingMessage, request as startRequest } from "node:http";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { CallScope } from "./call-scope.ts";
import { fromHttpError, maxHeadBytes } from "./http-error.ts";
import type { OwnConnections } from "./own-connections.ts";
import { readIncoming } from "./read-incoming.ts";
import { pairsOf } from "./read-response.ts";
import type { ServiceResponse } from "./service-message.ts";
import type { CheckedUpgrade, SwitchedResponse } from "./upgrade-request.ts";

/** How an upgrade is dialled, and how long its answer may take; 0 milliseconds wait for ever. */
export interface OpenUpgradeOptions {
  readonly connections: OwnConnections;
  readonly scope: CallScope;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/**
 * Asks for another protocol on a connection of its own.
 * @throws BowspritError the codes of `ServiceClient.request`.
 */
export async function openUpgrade(
  upgrade: CheckedUpgrade,
  options: OpenUpgradeOptions,
): Promise<SwitchedResponse | ServiceResponse> {
  const { connections, scope, firstByteTimeoutMs } = options;
  try {
    const stream = await connections.dial(scope);
    scope.limit(firstByteTimeoutMs, "the backend did not answer in time");
    return await negotiate(stream, upgrade, options);
  } catch (error) {
    scope[Symbol.dispose]();
    throw error;
  }
}

function negotiate(
  stream: Duplex,
  upgrade: CheckedUpgrade,
  { scope, idleTimeoutMs }: OpenUpgradeOptions,
): Promise<SwitchedResponse | ServiceResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<SwitchedResponse | ServiceResponse>();
  const request = send(stream, upgrade);
  const errorOf = (reason: unknown, answered: boolean): BowspritError =>
    fromHttpError(scope.signal.aborted ? scope.signal.reason : reason, { attempt: scope.attempt, answered });
  const refuse = (why: string): void => {
    stream.destroy();
    reject(new BowspritError(ErrorCode.MessageMalformed, `${scope.attempt}: ${why}`));
  };
  request.on("error", (reason) => {
    stream.destroy();
    reject(errorOf(reason, false));
  });
  request.once("upgrade", (incoming, _stream, head: Buffer) => {
    const { upgrade: named } = incoming.headers;
    if (named?.toLowerCase() !== upgrade.protocol.toLowerCase())
      return refuse(`the backend switched to ${JSON.stringify(named)}`);
    scope[Symbol.dispose]();
    if (head.length > 0) stream.unshift(head);
    resolve(switched(incoming, stream));
  });
  request.once("response", (incoming) => {
    if (incoming.statusCode === 101) return refuse("the backend switched without saying to what");
    const toError = (reason: unknown): BowspritError => errorOf(reason, true);
    const onError = (listener: (reason: unknown) => void): void => void request.on("error", listener);
    resolve(readIncoming(incoming, { scope, stream, idleTimeoutMs, onError, toError }));
  });
  return promise;
}

function send(stream: Duplex, { path, protocol, headers }: CheckedUpgrade): ClientRequest {
  const request = startRequest({
    createConnection: () => stream,
    path,
    headers: ["host", "localhost", "connection", "Upgrade", "upgrade", protocol, ...headers],
    maxHeaderSize: maxHeadBytes,
    insecureHTTPParser: false,
  });
  // The size is the limit; by default Node drops what comes after the thousandth field without a word.
  request.maxHeadersCount = 0;
  request.end();
  return request;
}

function switched(incoming: IncomingMessage, stream: Duplex): SwitchedResponse {
  return { status: 101, statusText: incoming.statusMessage ?? "", headers: pairsOf(incoming.rawHeaders), stream };
}
