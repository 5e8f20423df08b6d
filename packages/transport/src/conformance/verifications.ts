import { channelCases } from "./channel-cases.ts";
import { cycleCase } from "./cycle-case.ts";
import { faultCases } from "./fault-cases.ts";
import { lifecycleCases } from "./lifecycle-cases.ts";
import { limitCases } from "./limit-cases.ts";
import { messageCases } from "./message-cases.ts";
import { proofCases } from "./proof-cases.ts";
import { requestCases } from "./request-cases.ts";
import type { Verification } from "./verifies.ts";

/** How each requirement is verified. */
export const verifications: readonly Verification[] = [
  ...lifecycleCases,
  cycleCase,
  ...channelCases,
  ...messageCases,
  ...requestCases,
  ...limitCases,
  ...faultCases,
  ...proofCases,
];
