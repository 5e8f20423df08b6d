import type { ChildProcess } from "node:child_process";
import { type Ended, runBowsprit, type RunOptions } from "./run-bowsprit.ts";

/** `bowsprit serve` in a process of its own. */
export interface RunningDaemon {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly stdout: string;
  /** How it ended, once it has. */
  readonly ended: Promise<Ended>;
  /** Resolves with the first line on standard output that matches, once it is there. */
  line(pattern: RegExp): Promise<string>;
  /** Ends it with SIGTERM and waits for it. */
  stop(): Promise<Ended>;
}

/** Starts a daemon and waits until it is ready; one that ends instead is an error with what it said. */
export async function startDaemon(
  home: string,
  args: readonly string[] = ["--port", "0"],
  place: Pick<RunOptions, "cwd"> = {},
): Promise<RunningDaemon> {
  const started = Promise.withResolvers<ChildProcess>();
  const waiting = new Set<() => void>();
  let stdout = "";
  const ended = runBowsprit(["serve", ...args], {
    home,
    ...place,
    started: started.resolve,
    onStdout(chunk) {
      stdout += chunk.toString();
      for (const wake of waiting) wake();
    },
  });
  const child = await started.promise;
  const daemon: RunningDaemon = {
    child,
    ended,
    get stdout() {
      return stdout;
    },
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = stdout
            .split("\n")
            .slice(0, -1)
            .find((line) => pattern.test(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
      }),
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
  await daemon.line(/ready/u);
  return daemon;
}
