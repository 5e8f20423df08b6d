import { constants } from "node:os";
import type { Command } from "./command.ts";

/** Milliseconds in which a signal is one with the first: Ctrl-C reaches the whole group, and wrappers such as npm hand it on again. */
const echoMs = 500;

const ending = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What of a command decides about signals: see {@link Command}. */
type SignalOptions = Pick<Command, "leavesInterrupt" | "endsBySignal">;

/**
 * Runs a command with a signal that fires when the program is told to end. The command then has the time it needs to stop what it
 * started; the exit code says which signal it was, as a shell expects. A second signal ends the program at once.
 */
export async function untilSignal(
  run: (signal: AbortSignal) => Promise<number>,
  { leavesInterrupt = false, endsBySignal = false }: SignalOptions,
): Promise<number> {
  const controller = new AbortController();
  let received: (typeof ending)[number] | undefined;
  let receivedAt = 0;
  const onSignal = (name: (typeof ending)[number]): void => {
    // Ctrl-C reaches every program of the terminal's group; only where there is no terminal must it be handed on.
    if (name === "SIGINT" && leavesInterrupt && process.stdin.isTTY) return;
    if (received !== undefined) {
      if (performance.now() - receivedAt > echoMs) process.exit(128 + constants.signals[name]);
      return;
    }
    received = name;
    receivedAt = performance.now();
    controller.abort(new DOMException(`the program was told to end (${name})`, "AbortError"));
  };
  for (const name of ending) process.on(name, onSignal);
  try {
    const code = await run(controller.signal);
    return received === undefined || endsBySignal ? code : 128 + constants.signals[received];
  } catch (error) {
    if (received !== undefined) return 128 + constants.signals[received];
    throw error;
  } finally {
    for (const name of ending) process.off(name, onSignal);
  }
}
