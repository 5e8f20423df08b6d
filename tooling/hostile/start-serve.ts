import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RemovedCheck } from "./removed-checks.ts";
import { type Place, visit } from "./visitor.ts";

const workspace = join(import.meta.dirname, "../..");

/** A running `bowsprit serve` in a home of its own, with apps/hello installed as `one` and as `two`. */
export interface Served extends AsyncDisposable {
  readonly place: Place;
  readonly home: string;
  readonly pid: number;
}

/** Starts the built program; or its sources, with a check taken out of them. */
export async function startServe(removed?: RemovedCheck): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-hostile-"));
  const home = join(folder, "home");
  const run = (args: readonly string[]): ChildProcess => start(args, { home, removed });
  for (const id of ["one", "two"]) {
    await cp(join(workspace, "apps/hello"), join(folder, id), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    const [code] = await once(run(["install", join(folder, id), "--yes", "--engine", "local"]), "close");
    if (code !== 0) throw new Error(`the install of ${id} ended with ${code}`);
  }
  const child = run(["serve", "--port", "0"]);
  const closed = once(child, "close");
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await closed;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const link = await readyLink(child);
    return { home, pid: child.pid ?? 0, place: await visit(link, ["one", "two"]), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

function start(
  args: readonly string[],
  { home, removed }: { readonly home: string; readonly removed: RemovedCheck | undefined },
): ChildProcess {
  const built = [join(workspace, "packages/cli/dist/bin.js")];
  const sources = [
    "--import",
    pathToFileURL(join(import.meta.dirname, "take-out.ts")).href,
    join(workspace, "packages/cli/src/bin.ts"),
  ];
  return spawn(process.execPath, [...(removed === undefined ? built : sources), "--home", home, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      DOCKER_HOST: `unix://${home}/no-engine.sock`,
      ...(removed !== undefined && { TAKE_OUT: JSON.stringify(removed) }),
    },
  });
}

/** The address behind `ready`, which is the last thing that the program says when it answers. */
async function readyLink({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    const [, link] = /^ready (http:\S+)$/mu.exec(text) ?? [];
    if (link !== undefined) {
      stdout?.resume();
      return link;
    }
  }
  throw new Error(`it ended before it was ready: ${text}`);
}
