import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Address, type Dialer, formatAddress, type Traits } from "@bowsprit/transport";
import type { DialerSubject } from "@bowsprit/transport/conformance";
import { bundle } from "@tooling/windows";
import { JoinedStream } from "./joined-stream.ts";

const scheme = "x-stdio";
const traits: Traits = Object.freeze({ halfClose: true, leavesFile: false, maxAddressBytes: null, checksOwner: false });

/**
 * A dialer that starts a program for each stream and speaks over its standard input and output: it cannot listen, and keeps every
 * promise of dialling all the same. The address names what the program does.
 */
export async function openStdioSubject(): Promise<DialerSubject & AsyncDisposable> {
  const children = new Set<ChildProcess>();
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-conformance-"));
  const program = join(folder, "peer.mjs");
  // In one file it starts in a tenth of the time, and there is a start for each stream.
  await bundle(join(import.meta.dirname, "stdio-peer.ts"), program);
  const dialer: Dialer = {
    name: "stdio",
    scheme,
    traits,
    connect: (address, { signal } = {}) => dial(address, { signal, children, program }),
  };
  return {
    name: "a program's stdio (dials only)",
    dialer,
    serve: async (peer) => ({ scheme, name: JSON.stringify(peer) }),
    nowhere: () => ({ scheme, name: "nobody" }),
    async leftovers() {
      await Promise.all(Array.from(children, (child) => once(child, "exit")));
      return [];
    },
    cycles: 10,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

interface Dial {
  readonly signal: AbortSignal | undefined;
  readonly children: Set<ChildProcess>;
  readonly program: string;
}

async function dial(address: Address, { signal, children, program }: Dial): Promise<Duplex> {
  const attempt = `dial ${formatAddress(address)}`;
  if (address.scheme !== scheme) throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: names no program`);
  if (signal?.aborted === true)
    throw new BowspritError(ErrorCode.Aborted, `${attempt}: aborted`, { cause: signal.reason });
  if (address.name === "nobody") throw new BowspritError(ErrorCode.EndpointUnreachable, `${attempt}: no such program`);
  const child = spawn(process.execPath, [program, address.name], { stdio: ["pipe", "pipe", "inherit"] });
  children.add(child);
  child.once("exit", () => children.delete(child));
  await once(child, "spawn");
  return new JoinedStream(child.stdout, child.stdin);
}
