import { type CallOptions, extensionIdOfArgument, type LogLine, type LogOptions, withinLimits } from "@bowsprit/core";
import { createHost, forwardByRequest, type Host, type HostEvent, type HostOptions } from "@bowsprit/sdk";
import { type DaemonLink, openDaemonLink } from "./daemon-link.ts";
import type { MessageVerbs } from "./message-verbs.ts";
import { readLines } from "./read-lines.ts";
import { remoteInstall } from "./remote-install.ts";
import { createRemoteRequest } from "./remote-request.ts";

/** As for `createHost`; the environment and the platform are those of {@link Host.exec}, the daemon has its own. */
export type ConnectHostOptions = HostOptions;

/**
 * A host whose work a running daemon does; undefined where no daemon answers. It behaves as `createHost` does, but for three things:
 * the daemon holds the home, so nothing waits for its lock and `hold` holds nothing; backends run in the daemon, and go on when this
 * host is disposed; and disposing closes this host's connections and nothing else. `exec` runs in this process, which has the terminal
 * and gets the signals.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` for what listens in the daemon's place and cannot prove itself, `DEADLINE_EXCEEDED`.
 */
export async function connectHost(options: ConnectHostOptions = {}): Promise<Host | undefined> {
  const direct = createHost(options);
  const link = await openDaemonLink(direct.home);
  return link && hostOver(link, direct);
}

function hostOver(link: DaemonLink, direct: Host): Host {
  const request = createRemoteRequest(link.http);
  const closed = new AbortController();
  const idOf = extensionIdOfArgument;
  return {
    home: direct.home,
    install: (source, options) => remoteInstall(source, options, link),
    list: async () => link.ask("list", {}),
    get: async (id) => link.ask("get", { id: idOf(id) }),
    page: async (id) => link.ask("page", { id: idOf(id) }),
    request,
    forward: forwardByRequest(request),
    start: async (id, options = {}) => callWithin(link, "start", { input: { id: idOf(id) }, ...options }),
    exec: (id, argv, options) => direct.exec(id, argv, options),
    logs: (id, options) => logsOf(link, id, options),
    watch: ({ signal } = {}) =>
      watchOf(link, signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal])),
    hold: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    async remove(id, { keepData = false, ...limits } = {}) {
      await callWithin(link, "remove", { input: { id: idOf(id), keepData }, ...limits });
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await link[Symbol.asyncDispose]();
      await direct[Symbol.asyncDispose]();
    },
  };
}

interface LimitedCall<Input> extends CallOptions {
  readonly input: Input;
}

/** A call that runs out of time is called off. One whose signal fires ends when the daemon has ended it. */
async function callWithin<Name extends "start" | "remove">(
  link: DaemonLink,
  verb: Name,
  { input, signal, timeoutMs }: LimitedCall<MessageVerbs[Name]["input"]>,
): Promise<void> {
  const late = new AbortController();
  const both = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  try {
    const call = link.call(verb, input, { signal: both });
    await withinLimits(`${verb} ${input.id}`, call, timeoutMs === undefined ? {} : { timeoutMs });
  } catch (error) {
    late.abort(error);
    throw error;
  }
}

async function* logsOf(link: DaemonLink, argument: string, options: LogOptions = {}): AsyncGenerator<LogLine> {
  const { follow = false, tail, since, service, signal } = options;
  const query = new URLSearchParams({
    follow: String(follow),
    ...(tail !== undefined && { tail: String(tail) }),
    ...(since !== undefined && { since: since.toISOString() }),
    ...(service !== undefined && { service }),
  });
  const path = `/logs/${extensionIdOfArgument(argument)}?${query.toString()}`;
  const answer = link.http.request({ method: "GET", path }, signal && { signal });
  yield* readLines(`read the log of ${argument}`, answer, signal) as AsyncIterable<LogLine>;
}

/** Asks at once, so that nothing is missed between the call and the first reading. */
function watchOf(link: DaemonLink, signal: AbortSignal): AsyncIterable<HostEvent> {
  const answer = link.http.request({ method: "GET", path: "/events" }, { signal });
  answer.catch(() => {});
  return readLines("watch the extensions", answer, signal) as AsyncIterable<HostEvent>;
}
