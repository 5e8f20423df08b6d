import { setTimeout as delay } from "node:timers/promises";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { Dialer } from "@bowsprit/transport";

export interface PatientDialerOptions {
  /** Milliseconds to wait for an endpoint that nothing answers at. */
  readonly waitMs: number;
  /** Begins to watch for one wait; the result says why waiting is of no use, or undefined while it is of use. */
  readonly watch: () => () => Promise<string | undefined>;
  /** What the reader of a failure can do. */
  readonly hint: string;
  /** Says what is known when the wait is over. */
  readonly explain: () => Promise<string>;
}

const firstPauseMs = 10;
const longestPauseMs = 200;

/**
 * A dialer that gives a starting or restarting backend time to listen. Only dialling is tried again, before a byte was sent; a request
 * is never repeated. Nothing there in time, or no hope of it, is `BACKEND_UNAVAILABLE`.
 */
export function createPatientDialer(dialer: Dialer, options: PatientDialerOptions): Dialer {
  const { waitMs, watch, explain, hint } = options;
  return {
    name: dialer.name,
    scheme: dialer.scheme,
    traits: dialer.traits,
    async connect(address, call = {}) {
      const hopeless = watch();
      const deadline = performance.now() + Math.min(waitMs, call.timeoutMs ?? waitMs);
      for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
        try {
          return await dialer.connect(address, call);
        } catch (error) {
          if (!BowspritError.is(error, ErrorCode.EndpointUnreachable)) throw error;
          const lost = await hopeless();
          if (lost !== undefined) throw unavailable(lost, { cause: error, crashed: true, hint });
          if (performance.now() > deadline) throw unavailable(await explain(), { cause: error, crashed: false, hint });
        }
        await pauseFor(pause, call.signal);
      }
    },
  };
}

async function pauseFor(pauseMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(pauseMs, undefined, signal && { signal });
  } catch (error) {
    throw fromNodeError(error, { attempt: "wait for the backend" });
  }
}

interface Failure {
  readonly cause: unknown;
  readonly crashed: boolean;
  readonly hint: string;
}

function unavailable(reason: string, { cause, crashed, hint }: Failure): BowspritError {
  return new BowspritError(ErrorCode.BackendUnavailable, reason, {
    cause,
    details: { crashed },
    hint,
  });
}
