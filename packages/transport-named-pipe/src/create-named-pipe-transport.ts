import { randomBytes } from "node:crypto";
import { BowspritError, createTurns, ErrorCode } from "@bowsprit/core";
import { type Address, formatAddress, type Traits, type Transport } from "@bowsprit/transport";
import { dialPipe } from "./dial-pipe.ts";
import { listenPipe } from "./listen-pipe.ts";
import { pipeName } from "./pipe-name.ts";
import { maxPipePathLength, toPipePath } from "./pipe-path.ts";

export interface NamedPipeTransportOptions {
  /** Begins every name that `address` gives, for people to read. The default is `bowsprit`. */
  readonly prefix?: string;
  /**
   * Mixed into every name that `address` gives: any local program may take a free name first, but not one that it cannot guess. Programs
   * that are to meet need the same one, by way of a file that only their user can read. The default is 128 random bits, so that the names
   * are this transport's alone.
   */
  readonly secret?: string;
  /** The operating system, in Node's spelling; the default is the one this runs on. */
  readonly platform?: NodeJS.Platform;
}

/** Windows closes a pipe as a whole, so ending one direction ends both; a pipe goes with its owner and leaves nothing behind. */
const traits: Traits = Object.freeze({
  halfClose: false,
  leavesFile: false,
  maxAddressBytes: maxPipePathLength,
  checksOwner: false,
});

/**
 * The transport over Windows named pipes. Elsewhere `address` still answers, and dialling and listening fail with `UNSUPPORTED`. It
 * holds nothing itself: streams belong to who dialled or accepted them, listeners to who opened them.
 */
export function createNamedPipeTransport(options: NamedPipeTransportOptions = {}): Transport {
  const { prefix = "bowsprit", secret = randomBytes(16).toString("hex"), platform = process.platform } = options;
  const turns = createTurns();
  return Object.freeze<Transport>({
    name: "named-pipe",
    scheme: "npipe",
    traits,
    address: (scope, service) => ({ scheme: "npipe", name: pipeName({ prefix, secret, scope, service }) }),
    connect: async (address, call = {}) => dialPipe({ ...call, ...prepare("dial", address, platform), turns }),
    listen: async (address, accept, call = {}) => {
      if (typeof accept !== "function") throw new TypeError("accept must be a function");
      return listenPipe({ ...call, ...prepare("listen on", address, platform), turns, address, accept });
    },
  });
}

function prepare(verb: string, address: Address, platform: NodeJS.Platform): { path: string; attempt: string } {
  const attempt = `${verb} ${formatAddress(address)}`;
  if (address.scheme !== "npipe") {
    throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: not the address of a named pipe`);
  }
  const path = toPipePath(address.name);
  if (platform !== "win32") {
    throw new BowspritError(
      ErrorCode.Unsupported,
      `${attempt}: named pipes exist on Windows only, this is ${platform}`,
      {
        hint: "Use a Unix socket here: @bowsprit/transport-unix-socket.",
        details: { platform },
      },
    );
  }
  return { path, attempt };
}
