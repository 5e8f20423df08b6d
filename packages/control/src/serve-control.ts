import { randomBytes } from "node:crypto";
import { rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Duplex } from "node:stream";
import { createProcessTable, createSystemTransport, type Host, hostVerbs } from "@bowsprit/sdk";
import { type Address, formatAddress, proveAsServer, type Transport } from "@bowsprit/transport";
import type { DaemonRecord } from "./daemon-record.ts";
import type { DaemonStatus } from "./daemon-status.ts";
import { controlSocket } from "./find-daemon.ts";
import type { MessageVerbs, VerbHandlers } from "./message-verbs.ts";
import { publishRecord } from "./publish-record.ts";
import { createHttpHalf } from "./serve-http.ts";
import { serveMessages } from "./serve-messages.ts";

/** What a daemon answers for. */
export interface ServeControlOptions {
  /** Holds its home for as long as the server runs; the server leaves it as it is. */
  readonly host: Host;
  /** Of the program, for who asks. */
  readonly version: string;
  /** What the daemon says of its gateway when it is asked for its status. */
  readonly about: () => Pick<DaemonStatus, "origin" | "link">;
  /** Called when somebody asks the daemon to stop, after the answer was sent. */
  readonly onStop: () => void;
}

/** A daemon's end of the control channel. Disposing closes every connection and removes its socket and its record. */
export interface ControlServer extends AsyncDisposable {
  readonly record: DaemonRecord;
}

/** Connections that may be in the middle of their proof: more are nobody's commands. */
const maxProving = 64;

/**
 * Opens the channel for the command line: a socket or pipe in the home, and a record that says where it is. Whoever can read the record
 * can drive the host; nobody else gets past the proof.
 * @throws BowspritError `ENDPOINT_IN_USE` where another process listens in this home, `ENDPOINT_FORBIDDEN`, `HOME_UNUSABLE`.
 */
export async function serveControl(options: ServeControlOptions): Promise<ControlServer> {
  const { host, version } = options;
  const transport = createSystemTransport();
  const secret = randomBytes(32).toString("base64url");
  const http = createHttpHalf(host);
  const since = new Date().toISOString();
  const status = (): DaemonStatus => ({ pid: process.pid, since, version, ...options.about() });
  const verbs = messageVerbs(options, status);
  let proving = 0;

  const accept = async (stream: Duplex): Promise<void> => {
    proving += 1;
    try {
      const purpose = await proveAsServer(stream, { secret });
      if (purpose === "http") http.accept(stream);
      else if (purpose === "messages") serveMessages(stream, verbs);
      else stream.destroy();
    } catch {
      stream.destroy();
    } finally {
      proving -= 1;
    }
  };
  const listener = await transport.listen(controlAddress(host.home, transport), (stream) => {
    if (proving < maxProving) void accept(stream);
    else stream.destroy();
  });
  const address = formatAddress(listener.address);
  const identity = createProcessTable().self();
  const record: DaemonRecord = { format: 1, ...identity, address, secret, version, since };
  try {
    const published = await publishRecord(host.home, record);
    return { record, [Symbol.asyncDispose]: () => close(host.home, [published, listener]) };
  } catch (error) {
    await listener.close();
    throw error;
  }
}

function messageVerbs({ host, onStop }: ServeControlOptions, status: () => DaemonStatus): VerbHandlers<MessageVerbs> {
  return {
    async install(input, call) {
      const { id } = await hostVerbs.install.run(host, fields(input), call);
      return { id };
    },
    remove: (input, call) => hostVerbs.remove.run(host, fields(input), call),
    start: (input, call) => hostVerbs.start.run(host, fields(input), call),
    status: async () => status(),
    async stop() {
      setImmediate(onStop);
      return {};
    },
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Pipes have one name space for the whole computer, where a name that cannot be guessed cannot be taken first. */
function controlAddress(home: string, { scheme }: Transport): Address {
  if (scheme === "unix") return { scheme, path: controlSocket(home) };
  return { scheme, name: `bowsprit-control-${randomBytes(16).toString("hex")}` };
}

async function close(home: string, [published, listener]: readonly [AsyncDisposable, AsyncDisposable]): Promise<void> {
  await published[Symbol.asyncDispose]();
  await listener[Symbol.asyncDispose]();
  await rmdir(dirname(controlSocket(home))).catch(() => {});
}
