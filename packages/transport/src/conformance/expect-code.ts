import assert from "node:assert/strict";
import { BowspritError, type ErrorCode } from "@bowsprit/core";

/** Waits for a call to fail with this code, and gives the error. */
export async function expectCode(call: Promise<unknown>, code: ErrorCode): Promise<BowspritError> {
  const reason = await call.then(
    () => assert.fail(`it succeeded, where ${code} was due`),
    (error: unknown) => error,
  );
  if (!BowspritError.is(reason)) throw reason;
  assert.equal(reason.code, code, reason.message);
  return reason;
}
