import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";

/** One request to the gateway. */
export interface GatewayRequest {
  /** What is being tried, for a message: `list the extensions`. */
  readonly attempt: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** What the client stands on. */
export interface SendOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Called when the gateway answers that there is no session. */
  readonly onSignedOut: () => void;
}

/** Sends one request and answers with the JSON of the answer, or fails with the gateway's own error. */
export type Send = (request: GatewayRequest, options?: CallOptions) => Promise<unknown>;

/**
 * Creates the one way to the gateway.
 * Its calls throw BowspritError: the gateway's own, `ENDPOINT_UNREACHABLE` when nobody answers, `ENDPOINT_FORBIDDEN` when there is no session
 * or a check refused, `MESSAGE_MALFORMED` for an answer that is not JSON, `ABORTED` and `DEADLINE_EXCEEDED` by the call's options.
 */
export function createSend({ fetch, onSignedOut }: SendOptions): Send {
  return async (request, options = {}) => {
    const response = await answerOf(fetch, request, options);
    if (response.status === 401) {
      onSignedOut();
      throw new BowspritError(ErrorCode.EndpointForbidden, `${request.attempt}: the session is over`, {
        hint: "Run `bowsprit serve --status` for a new link to this page.",
      });
    }
    const body = await bodyOf(response, request);
    if (response.ok) return body;
    throw errorOf(body, response.status, request);
  };
}

async function answerOf(
  fetch: SendOptions["fetch"],
  { attempt, method, path, body }: GatewayRequest,
  { signal, timeoutMs }: CallOptions,
): Promise<Response> {
  const limits = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  try {
    return await fetch(path, {
      method,
      signal: AbortSignal.any(limits.filter((limit) => limit !== undefined)),
      ...(method === "POST" && { headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) }),
    });
  } catch (cause) {
    throw lossOf(cause, attempt);
  }
}

async function bodyOf(response: Response, { attempt }: GatewayRequest): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    // The checks refuse with one word and no JSON.
    if (!response.ok) return undefined;
    if (cause instanceof SyntaxError) {
      throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: the answer is not JSON`, { cause });
    }
    throw lossOf(cause, attempt);
  }
}

function errorOf(body: unknown, status: number, { attempt }: GatewayRequest): BowspritError {
  const json = typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
  if (json !== undefined) return BowspritError.fromJSON(json);
  const code = status < 500 ? ErrorCode.EndpointForbidden : ErrorCode.Internal;
  return new BowspritError(code, `${attempt}: the gateway refused with status ${status}`, {
    hint: "Reload this page; if that does not help, restart `bowsprit serve`.",
  });
}

function lossOf(cause: unknown, attempt: string): BowspritError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  if (name === "AbortError") return new BowspritError(ErrorCode.Aborted, `${attempt}: aborted`, { cause });
  if (name === "TimeoutError") {
    return new BowspritError(ErrorCode.DeadlineExceeded, `${attempt}: no answer in time`, { cause });
  }
  return new BowspritError(ErrorCode.EndpointUnreachable, `${attempt}: the gateway does not answer`, {
    cause,
    hint: "Check that `bowsprit serve` still runs.",
  });
}
