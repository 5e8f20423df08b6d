import type { BowspritError } from "@bowsprit/core";

/** An error in the parts that a person reads one after the other. */
export interface FailureText {
  readonly tried: string;
  readonly why: string;
}

/** Splits a message of the form `what was tried: why`; the attempt begins with a capital. A message of another form is all reason. */
export function explainFailure({ message }: Pick<BowspritError, "message">): FailureText {
  const end = message.indexOf(": ");
  if (end < 1) return { tried: "", why: message };
  return { tried: message.slice(0, 1).toUpperCase() + message.slice(1, end), why: message.slice(end + 2) };
}
