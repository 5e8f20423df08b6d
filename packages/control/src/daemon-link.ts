import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { hostVerbs, type VerbTypes } from "@bowsprit/sdk";
import {
  createServiceClient,
  type ServiceClient,
  type ServiceRequest,
  type ServiceResponse,
} from "@bowsprit/transport";
import { createMessageChannel, type MessageChannel } from "./create-message-channel.ts";
import { createDaemonDialer, type DaemonDialer } from "./daemon-dialer.ts";
import { asDaemonLost } from "./daemon-lost.ts";
import type { DaemonRecord } from "./daemon-record.ts";
import { findDaemon } from "./find-daemon.ts";

/** Connections to one daemon that has proved itself. Disposing closes them; the daemon goes on. */
export interface DaemonLink extends AsyncDisposable {
  readonly record: DaemonRecord;
  readonly http: ServiceClient;
  /** Asks for plain JSON by HTTP. @throws BowspritError what the daemon answers with, and what {@link ServiceClient} throws. */
  ask<Name extends AskedVerb>(
    verb: Name,
    input: VerbTypes[Name]["input"],
    signal?: AbortSignal,
  ): Promise<VerbTypes[Name]["result"]>;
  /** Calls a small verb by message. @throws BowspritError what the daemon answers with, `CONNECTION_LOST`, `ABORTED`. */
  readonly call: MessageChannel["call"];
}

/** The verbs whose answers may be large. */
export type AskedVerb = "list" | "get" | "page" | "examine";

/**
 * Connects to the daemon of a home; undefined where none answers: there is no record, or what left it is gone.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` for an impostor or another user's daemon, `DEADLINE_EXCEEDED` for one that hangs.
 */
export async function openDaemonLink(home: string): Promise<DaemonLink | undefined> {
  for (let record = await findDaemon(home); record !== undefined;) {
    try {
      const dialer = createDaemonDialer(home, record);
      return linkOver(record, dialer, await dialer.open("http"));
    } catch (error) {
      if (isGone(error)) return undefined;
      const { secret }: DaemonRecord = record;
      record = await findDaemon(home);
      // Another daemon has taken the place of the one whose record was read first.
      if (record === undefined || record.secret === secret) throw explain(error);
    }
  }
  return undefined;
}

function linkOver(record: DaemonRecord, dialer: DaemonDialer, first: Duplex): DaemonLink {
  const { address } = dialer;
  // The daemon's own host keeps the time of what it does; an answer may take as long as it takes.
  const limits = { firstByteTimeoutMs: 0, idleTimeoutMs: 0 };
  const http = createServiceClient({ dialer: dialer.forHttp(first), address, ...limits });
  const messages = createMessageChannel(() => dialer.open("messages"));
  return {
    record,
    http,
    async ask(verb, input, signal) {
      const request = requestOf(verb, input);
      const { status, body } = await read(() => http.request(request, signal && { signal })).catch((error: unknown) => {
        throw asDaemonLost(error, `ask for ${request.path}`);
      });
      return answerOf(status, body) as VerbTypes[typeof verb]["result"];
    },
    call: messages.call,
    async [Symbol.asyncDispose]() {
      await messages[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
      first.destroy();
    },
  };
}

/** The request line says which extension, the body of what changes or examines says the rest. */
function requestOf(verb: AskedVerb, { id = "", ...rest }: Readonly<Record<string, unknown>>): ServiceRequest {
  const { method, path } = hostVerbs[verb];
  const line = { method, path: path.replace("{id}", String(id)) };
  return method === "GET" ? line : { ...line, body: JSON.stringify(rest) };
}

async function read(ask: () => Promise<ServiceResponse>): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await ask();
  return { status: response.status, body: await response.json() };
}

/** What the daemon failed with is its own: a registry that cannot be reached is no daemon that went away. */
function answerOf(status: number, body: unknown): unknown {
  if (status < 400) return body;
  throw BowspritError.fromJSON((body as { readonly error?: unknown } | null)?.error);
}

function isGone(error: unknown): boolean {
  return BowspritError.is(error, ErrorCode.EndpointUnreachable) || BowspritError.is(error, ErrorCode.ConnectionLost);
}

function explain(reason: unknown): BowspritError {
  const { code, message, details } = BowspritError.from(reason);
  return new BowspritError(code, `reach the daemon of this home: ${message}`, {
    cause: reason,
    details,
    hint: "End the process that daemon.json of the home names, then remove that file.",
  });
}
