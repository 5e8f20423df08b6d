import type { ChildProcess } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { ExecExit, ExecProcess } from "@bowsprit/core";
import type { ProcessOptions } from "./process-options.ts";
import { createProcessOutput, type ProcessOutput } from "./process-output.ts";
import { createProcessTree, type ProcessTree } from "./process-tree.ts";
import { parseSignal } from "./parse-signal.ts";

/** A process that {@link startProcess} started. Leaving it alone is safe; what it holds ends with it. */
export interface RunningProcess extends ExecProcess {
  /** Settles when the process itself has ended, though a child of it may still hold its outputs. Never rejects. */
  readonly ended: Promise<ExecExit>;
}

/** How long what SIGKILL was sent to may take to vanish, and a pipe that somebody outside the group holds to close. */
const patienceMs = 500;

/** Takes over a child that was just spawned. */
export function createRunningProcess(
  child: ChildProcess & { readonly pid: number },
  options: ProcessOptions,
): RunningProcess {
  const tree = createProcessTree(child, { leads: options.output !== "inherit", env: options.env });
  const outputs = [createProcessOutput(child.stdout), createProcessOutput(child.stderr)] as const;
  const ended = nextExit(child, "exit");
  const exited = nextExit(child, "close");
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endTree(tree, outputs, { exited, graceMs: options.graceMs ?? 5000 }));

  const onAbort = (): void => void end();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void ended.then(() => outputs.forEach((output) => output.finish()));
  void exited.then(() => options.signal?.removeEventListener("abort", onAbort));
  feed(child, options.stdin, end);

  return {
    pid: child.pid,
    stdout: outputs[0].bytes,
    stderr: outputs[1].bytes,
    ended,
    exited,
    kill: (signal = "SIGTERM") => tree.signal(parseSignal(signal)),
    [Symbol.asyncDispose]: end,
  };
}

function nextExit(child: ChildProcess, event: "exit" | "close"): Promise<ExecExit> {
  return new Promise((resolve) => {
    child.once(event, (code: number | null, signal: string | null) => resolve({ code, signal }));
  });
}

async function endTree(
  tree: ProcessTree,
  outputs: readonly ProcessOutput[],
  { exited, graceMs }: { readonly exited: Promise<ExecExit>; readonly graceMs: number },
): Promise<void> {
  tree.signal("SIGTERM");
  if (!(await tree.gone(graceMs))) {
    tree.signal("SIGKILL");
    await tree.gone(patienceMs);
  }
  const timer = new AbortController();
  const late = wait(patienceMs, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([exited, late]);
  timer.abort();
  for (const output of outputs) output.destroy();
  await exited;
}

function feed(child: ChildProcess, source: ProcessOptions["stdin"], end: () => Promise<void>): void {
  const { stdin } = child;
  if (stdin === null || source === undefined || typeof source === "string") return;
  let failed = false;
  const watched = async function* (): AsyncGenerator<Uint8Array | string, void, undefined> {
    try {
      yield* source;
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  void pipeline(Readable.from(watched(), { objectMode: false }), stdin).catch(() => (failed ? end() : undefined));
}
