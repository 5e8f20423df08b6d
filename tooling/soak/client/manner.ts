import type { CallOptions } from "@bowsprit/core";
import type { Plan } from "../plan/plan-request.ts";

/** How the client behaves in one call: what may end it early. Disposing forgets it. */
export interface Manner extends Disposable {
  readonly options: CallOptions;
  /** The first bytes of the answer's body are there. */
  onFirstBytes(): void;
}

/** Within so many milliseconds the client loses patience, where its plan says so: in a race late enough that either may win. */
const mostPatienceMs = { race: 50, other: 10 };

const deadlines: ReadonlySet<string> = new Set(["deadline-waiting", "deadline-race", "deadline-body"]);

/** The signal and the deadline of a call, by its plan. */
export function createManner({ fault, at }: Plan): Manner {
  const patienceMs = at * mostPatienceMs[fault.endsWith("-race") ? "race" : "other"];
  if (deadlines.has(fault)) return plain({ timeoutMs: 1 + Math.floor(patienceMs) });
  if (fault === "abort-before") return plain({ signal: AbortSignal.abort("before") });
  if (fault === "abort-body") return abortable((abort) => ({ onFirstBytes: abort }));
  if (fault !== "abort-waiting" && fault !== "abort-race") return plain({});
  return abortable((abort) => ({ timer: setTimeout(abort, patienceMs) }));
}

function plain(options: CallOptions): Manner {
  return { options, onFirstBytes() {}, [Symbol.dispose]() {} };
}

interface Trigger {
  readonly timer?: NodeJS.Timeout;
  readonly onFirstBytes?: () => void;
}

function abortable(arm: (abort: () => void) => Trigger): Manner {
  const controller = new AbortController();
  const { timer, onFirstBytes = () => {} } = arm(() => controller.abort("enough"));
  return { options: { signal: controller.signal }, onFirstBytes, [Symbol.dispose]: () => clearTimeout(timer) };
}
