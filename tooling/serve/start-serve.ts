import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const workspace = join(import.meta.dirname, "../..");

/** A running `bowsprit serve` in a home of its own. Disposing tells it to end, waits for that, and removes the home. */
export interface Served extends AsyncDisposable {
  readonly home: string;
  /** Where the home is; gone with it. */
  readonly folder: string;
  readonly pid: number;
  /** Signs one browser in, once. */
  readonly link: string;
  /** Runs another command in the same home, to its end. */
  run(args: readonly string[]): Promise<Ended>;
  /** Tells the server to end and answers with how it did. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly afterMs: number }>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServeOptions {
  /** Names under which copies of apps/hello are installed before it starts. */
  readonly hellos?: readonly string[];
  /** The program and what is put before its arguments; the default is the built command line. */
  readonly program?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const built = [join(workspace, "packages/cli/dist/bin.js")];

/** Installs what is asked for, starts the server on any free port, and resolves when it says that it is ready. */
export async function startServe({ hellos = [], program = built, env = {} }: ServeOptions = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-serve-"));
  const home = join(folder, "home");
  const start = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [...program, "--home", home, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"] ?? "", HOME: home, DOCKER_HOST: `unix://${home}/no-engine.sock`, ...env },
    });
  const run = (args: readonly string[]): Promise<Ended> => runToEnd(start(args));
  for (const id of hellos) {
    await copyHello(join(folder, id));
    const { code, stderr } = await run(["install", join(folder, id), "--yes", "--engine", "local"]);
    if (code !== 0) throw new Error(`the install of ${id} ended with ${code}: ${stderr}`);
  }
  const child = start(["serve", "--port", "0"]);
  const closed = once(child, "close");
  const stop: Served["stop"] = async (signal) => {
    const begun = performance.now();
    child.kill(signal);
    await closed;
    return { code: child.exitCode, afterMs: performance.now() - begun };
  };
  const end = async (): Promise<void> => {
    await stop("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const link = await readyLink(child);
    return { home, folder, pid: child.pid ?? 0, link, run, stop, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A copy of apps/hello; its id is the folder's name. */
export async function copyHello(target: string): Promise<void> {
  const hello = join(workspace, "apps/hello");
  await cp(hello, target, {
    recursive: true,
    filter: (path) => !/node_modules|\/test(?:\/|$)/u.test(path.slice(hello.length)),
  });
}

async function runToEnd(child: ChildProcess): Promise<Ended> {
  const outputs = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    return chunks;
  });
  await once(child, "close");
  const [stdout = "", stderr = ""] = outputs.map((chunks) => chunks.join(""));
  return { code: child.exitCode, stdout, stderr };
}

/** The address behind `ready`, which is the last thing that the program says when it answers. */
async function readyLink({ stdout, stderr }: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const [, link] = /^ready (http:\S+)$/mu.exec(text) ?? [];
    if (link !== undefined) resolve(link);
  });
  stdout?.once("close", () => reject(new Error(`it ended before it was ready: ${text}`)));
  return promise;
}
