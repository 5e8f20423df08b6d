import { expect, it } from "vitest";
import { exitCodeOf } from "./exit-code-of.ts";

it.each([
  [0, null, 0],
  [3, null, 3],
  [null, "SIGTERM", 143],
  [null, "SIGKILL", 137],
  [null, "SIGINT", 130],
  [1, "SIGTERM", 143],
  [null, "SIGUSR1", 255],
  [null, null, 255],
])("says for the code %j and the signal %j the number %i", (code, signal, number) => {
  expect(exitCodeOf(code, signal)).toBe(number);
});
