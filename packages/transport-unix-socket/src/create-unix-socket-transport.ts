import { join, resolve } from "node:path";
import { BowspritError, createTurns, ErrorCode } from "@bowsprit/core";
import { type Address, formatAddress, type Traits, type Transport } from "@bowsprit/transport";
import { checkSocketPath } from "./check-socket-path.ts";
import { connectUnixSocket } from "./connect-unix-socket.ts";
import { listenUnixSocket } from "./listen-unix-socket.ts";

/** Where sockets are named, and the system whose rules they follow. */
export interface UnixSocketTransportOptions {
  /** Where {@link Transport.address} puts the sockets of all scopes; only that method needs it. */
  readonly folder?: string;
  /** The system to behave for; the default is `process.platform`. Linux has no limit on paths, others have 103 bytes. */
  readonly platform?: NodeJS.Platform;
}

/** What `sockaddr_un` has room for outside Linux, without its closing zero. */
const maxPathBytes = 103;

/**
 * Dials and listens on Unix domain sockets. An error of a stream that nobody listens for ends that stream and nothing else.
 *
 * Dialling takes only a socket, never a link to one, and only of the owner the address asks for; on Linux the file that was checked is
 * the file that is dialled. Listening makes the file with mode 0600 in a folder that only we can change, never takes the name of a live
 * listener or of anything that is not a socket, and removes on closing what is still its own.
 */
export function createUnixSocketTransport(options: UnixSocketTransportOptions = {}): Transport {
  const { folder, platform = process.platform } = options;
  const hasProc = platform === "linux";
  const maxAddressBytes = hasProc ? null : maxPathBytes;
  const turns = createTurns();
  const traits: Traits = Object.freeze({ halfClose: true, leavesFile: true, maxAddressBytes, checksOwner: true });
  const prepare = (verb: string, address: Address) => {
    const attempt = `${verb} ${formatAddress(address)}`;
    if (platform === "win32") throw unsupported(attempt);
    return { attempt, socket: checkSocketPath(attempt, address, maxAddressBytes) };
  };
  return Object.freeze({
    name: "unix-socket",
    scheme: "unix",
    traits,
    address: (scope: string, service: string) => addressIn(folder, scope, service),
    async connect(address, callOptions) {
      const { attempt, socket } = prepare("dial", address);
      return await connectUnixSocket(socket, { ...callOptions, attempt, hasProc, turns });
    },
    async listen(address, accept, callOptions) {
      const { attempt, socket } = prepare("listen on", address);
      return await listenUnixSocket(socket, { ...callOptions, attempt, hasProc, accept });
    },
  } satisfies Transport);
}

/** `guest` is the folder a container sees; the one around it is ours alone. */
function addressIn(folder: string | undefined, scope: string, service: string): Address {
  const attempt = `name the socket of ${JSON.stringify(service)} in ${JSON.stringify(scope)}`;
  if (folder === undefined)
    throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: the transport was made without a folder`);
  for (const name of [scope, service]) {
    if (!isBasename(name))
      throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: not a single safe file name`);
  }
  return { scheme: "unix", path: join(resolve(folder), scope, "guest", service) };
}

function isBasename(name: string): boolean {
  return /^[^\p{Cc}/\\]+$/u.test(name) && name !== "." && name !== ".." && Buffer.byteLength(name) <= 255;
}

function unsupported(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.Unsupported, `${attempt}: Windows has no Unix domain sockets here`, {
    hint: "Use a named pipe, npipe://name.",
  });
}
