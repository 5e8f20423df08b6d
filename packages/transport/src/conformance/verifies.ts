import type { Bench } from "./bench.ts";
import type { RequirementId } from "./requirements.ts";

/** How a requirement is verified: it holds unless `run` throws. */
export interface Verification {
  readonly id: RequirementId;
  readonly run: (bench: Bench) => Promise<void>;
}

/** Says that `run` verifies a requirement. An id that is none does not compile. */
export function verifies(id: RequirementId, run: (bench: Bench) => Promise<void>): Verification {
  return { id, run };
}
