import { setTimeout as delay } from "node:timers/promises";
import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import { createProcessTable } from "@bowsprit/sdk";
import { openDaemonLink } from "./daemon-link.ts";

const pollMs = 20;

/**
 * Asks the daemon of a home to stop and waits until its process is gone, `timeoutMs` at most, by default 10,000: as long as the slowest
 * backend may take to end. Answers with its process id; undefined where no daemon answers.
 * @throws BowspritError `DEADLINE_EXCEEDED`, `ABORTED`, `ENDPOINT_FORBIDDEN`.
 */
export async function stopDaemon(home: string, options: CallOptions = {}): Promise<number | undefined> {
  const { signal, timeoutMs = 10_000 } = options;
  await using link = await openDaemonLink(home);
  if (link === undefined) return undefined;
  const { record } = link;
  const processes = createProcessTable();
  const deadline = performance.now() + timeoutMs;
  // It may be gone before its answer is here.
  void link.call("stop", {}).catch(() => undefined);
  while (processes.isAlive(record)) {
    if (signal?.aborted === true)
      throw new BowspritError(ErrorCode.Aborted, `stop the daemon of ${home}: told to stop`, { cause: signal.reason });
    if (performance.now() > deadline) throw stillThere(home, record.pid);
    await delay(pollMs);
  }
  return record.pid;
}

function stillThere(home: string, pid: number): BowspritError {
  return new BowspritError(ErrorCode.DeadlineExceeded, `stop the daemon of ${home}: process ${pid} still runs`, {
    details: { pid },
    hint: `Wait, or end process ${pid}; what it leaves does not keep another daemon from starting.`,
  });
}
