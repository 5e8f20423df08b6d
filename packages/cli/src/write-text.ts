import { writeSync } from "node:fs";
import { fromNodeError } from "@bowsprit/core";

const standardOutput = 1;

/**
 * Writes a short text to standard output. Straight to the descriptor: `process.stdout` costs 3 ms of processor time to set up, a tenth
 * of a short run, and is used only where the reader is slower than we are. A reader that has gone away (`| head`) is nobody's failure.
 * @throws BowspritError for an output that cannot be written.
 */
export function writeText(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(standardOutput, rest));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN") process.stdout.on("error", () => undefined).write(rest);
    else if (code !== "EPIPE") throw fromNodeError(error, { attempt: "write standard output" });
  }
}

/** One JSON document on a line of its own. */
export function writeJson(value: unknown): void {
  writeText(`${JSON.stringify(value)}\n`);
}
