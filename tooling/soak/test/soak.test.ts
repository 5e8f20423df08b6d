import { expect, it } from "vitest";
import { runProgram, whyNot } from "./run-program.ts";

/** The last request of this seed that waits for the client's own limits, which takes seconds, is not among the last. */
const args = ["--requests", "20000", "--seed", "150"];

const limit = { timeout: 300_000 };

it("loses, doubles and crosses none of 20,000 requests, and leaves nothing behind", limit, async ({ skip }) => {
  skip(whyNot() !== undefined, whyNot());
  const { code, output, left } = await runProgram(args);
  expect(output).toContain("\n0 lost, 0 doubled, 0 crossed, 0 otherwise wrong\nthe ledgers agree\n");
  expect({ code, left }).toEqual({ code: 0, left: [] });
});
