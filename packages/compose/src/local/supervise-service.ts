import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { BowspritError, type LogLine, type ServicePlan, type ServiceStatus } from "@bowsprit/core";
import type { RunningProcess } from "@bowsprit/exec";
import { createLineSplitter } from "./line-splitter.ts";
import type { LogWriter } from "./log-writer.ts";
import type { RestartDelay } from "./local-runtime.ts";

export interface SupervisorOptions {
  readonly service: ServicePlan;
  readonly log: LogWriter;
  readonly restartDelayMs: Required<RestartDelay>;
  /** Starts the service's process once; the signal ends it, or the attempt. */
  readonly start: (signal: AbortSignal) => Promise<RunningProcess>;
  /** Asked before each restart; false once the project belongs to somebody else. */
  readonly mayRestart: () => boolean;
  readonly onChange: (status: ServiceStatus) => void;
}

/** Keeps one service running. */
export interface Supervisor {
  status(): ServiceStatus;
  /** Settles when the service was started once, or could not be: with what happened, for a person. Never rejects. */
  readonly started: Promise<string>;
  /** Ends the service for good, its whole group, and resolves when it and its log are done. `hurry` ends the grace. */
  stop(hurry?: AbortSignal): Promise<void>;
}

/**
 * Starts a service and starts it again whenever it ends, after a delay that grows, until it ends with 0: then it has completed. A command
 * that cannot be started at all is tried again in the same way; the reason goes into its log.
 */
export function superviseService(options: SupervisorOptions): Supervisor {
  return new ServiceSupervisor(options);
}

class ServiceSupervisor implements Supervisor {
  readonly started: Promise<string>;
  readonly #options: SupervisorOptions;
  readonly #stopping = new AbortController();
  readonly #firstStart = Promise.withResolvers<string>();
  readonly #done: Promise<void>;
  #status: ServiceStatus;
  #running: RunningProcess | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#status = { name: options.service.name, state: "starting", restarts: 0 };
    this.started = this.#firstStart.promise;
    this.#done = this.#supervise().catch(() => this.#change({ state: "failed" }));
  }

  status(): ServiceStatus {
    return this.#status;
  }

  async stop(hurry?: AbortSignal): Promise<void> {
    const kill = (): void => this.#running?.kill("SIGKILL");
    hurry?.addEventListener("abort", kill);
    this.#stopping.abort();
    if (hurry?.aborted === true) kill();
    await this.#done;
    hurry?.removeEventListener("abort", kill);
  }

  async #supervise(): Promise<void> {
    const { restartDelayMs, mayRestart, log, service } = this.#options;
    const { signal } = this.#stopping;
    let delay = restartDelayMs.first;
    for (let restarts = 0; restarts === 0 || mayRestart(); restarts += 1) {
      this.#change({ state: "starting", restarts });
      const begun = performance.now();
      await this.#runOnce();
      if (this.#status.state === "completed") break;
      if (performance.now() - begun >= restartDelayMs.resetAfter) delay = restartDelayMs.first;
      await wait(delay, undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      delay = Math.min(delay * 2, restartDelayMs.max);
    }
    if (this.#status.state !== "completed") this.#change({ state: "stopped" });
    this.#firstStart.resolve(`stopped ${service.name}`);
    await log.close();
  }

  async #runOnce(): Promise<void> {
    const { start, service, log } = this.#options;
    const { signal } = this.#stopping;
    try {
      this.#running = await start(signal);
    } catch (error) {
      if (signal.aborted) return;
      const { message } = BowspritError.from(error);
      await log.append(linesOf(service.name, "stderr", [`bowsprit: ${message}`]));
      this.#change({ state: "failed" });
      this.#firstStart.resolve(message);
      return;
    }
    const { pid } = this.#running;
    this.#change({ state: "running", pid });
    this.#firstStart.resolve(`started ${service.name} as process ${pid}`);
    const exitCode = await runToEnd(this.#running, this.#options);
    this.#change({ state: exitCode === 0 && !signal.aborted ? "completed" : "failed", exitCode });
  }

  // The process id belongs to one state; the last exit code stays.
  #change(news: Partial<ServiceStatus>): void {
    const { pid: _, ...last } = this.#status;
    this.#status = { ...last, ...news };
    this.#options.onChange(this.#status);
  }
}

/** Writes the outputs of a process into the log until it and its group have ended, and gives its exit code. */
async function runToEnd(running: RunningProcess, { service, log }: SupervisorOptions): Promise<number> {
  const outputs = [
    copyLines(running.stdout, (lines) => log.append(linesOf(service.name, "stdout", lines))),
    copyLines(running.stderr, (lines) => log.append(linesOf(service.name, "stderr", lines))),
  ];
  const { code, signal } = await running.ended;
  await running[Symbol.asyncDispose]();
  await Promise.all(outputs);
  return code ?? 128 + numberOf(signal);
}

function numberOf(signal: string | null): number {
  const [, number = 0] = Object.entries(constants.signals).find(([name]) => name === signal) ?? [];
  return number;
}

async function copyLines(
  output: AsyncIterable<Uint8Array>,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const splitter = createLineSplitter();
  for await (const chunk of output) await write(splitter.push(chunk));
  await write(splitter.end());
}

function linesOf(service: string, stream: LogLine["stream"], texts: readonly string[]): readonly LogLine[] {
  const time = new Date().toISOString();
  return texts.map((text) => ({ service, stream, time, text }));
}
