import { bigCall, type Call, smallCall, uploadCall } from "./call.ts";

/** A call, and how many of it are under way at a time. */
export interface Scenario {
  readonly name: string;
  readonly call: Call;
  readonly inFlight: number;
  /** How many small calls one of these is worth: so many times fewer are made. */
  readonly worth: number;
}

const small = (inFlight: number): Scenario => ({
  name: `small JSON, ${inFlight} in flight`,
  call: smallCall,
  inFlight,
  worth: 1,
});

/** The goals are about these. */
export const smallScenarios: readonly Scenario[] = [small(1), small(16), small(64)];

export const scenarios: readonly Scenario[] = [
  ...smallScenarios,
  { name: "answers of 1 MiB, 4 in flight", call: bigCall, inFlight: 4, worth: 100 },
  { name: "requests of 1 MiB, 4 in flight", call: uploadCall, inFlight: 4, worth: 100 },
];
