import { fork } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { type Candidate, requestBytes } from "./candidate.ts";

/** What a program sends us once it listens; or why it cannot. */
interface Ready {
  readonly port?: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly missing?: string;
}

export interface NodeCandidateOptions {
  readonly name: string;
  /** Its file in `candidates`. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a candidate that is a program for Node, in a process of its own; gives the reason where there is none.
 * @throws Error when it ends before it listens.
 */
export async function startNodeCandidate(options: NodeCandidateOptions): Promise<Candidate | string> {
  const { name, program, args = [], env = {} } = options;
  // The backend of an extension is found by PATH, and is to be run by the same Node.
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const child = fork(join(import.meta.dirname, "candidates", program), args, {
    env: { PATH: path, ...env },
    // http-proxy 1 calls what Node would rather not have called.
    execArgv: ["--disable-warning=DEP0060"],
  });
  const gone = once(child, "exit").then(([code]) => ({ missing: `${program} ended with ${code}` }));
  const ready = (await Promise.race([once(child, "message").then(([message]) => message), gone])) as Ready;
  if (ready.port === undefined) return ready.missing ?? `${program} did not say where it listens`;
  const { port, headers = { Host: `127.0.0.1:${port}` } } = ready;
  const { pid = -1 } = child;
  return {
    name,
    port,
    request: requestBytes(ready.path ?? "/hello", headers),
    processes: () => [pid],
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
