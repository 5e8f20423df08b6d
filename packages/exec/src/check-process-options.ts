import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ProcessOptions } from "./process-options.ts";

/**
 * Refuses what no process can be started with, before anything is.
 * @throws BowspritError `INVALID_ARGUMENT`; `TypeError` for values of the wrong type.
 */
export async function checkProcessOptions(attempt: string, { argv, cwd, env }: ProcessOptions): Promise<void> {
  const texts: readonly unknown[] = [...argv, cwd, ...Object.values(env)];
  if (argv.length === 0 || texts.some((text) => typeof text !== "string")) {
    throw new TypeError("argv must hold a program, and argv, cwd and env only texts");
  }
  if (!isAbsolute(argv[0]))
    throw refuse(attempt, "not an absolute path", "Find the program with findExecutable first.");
  if (!isAbsolute(cwd)) throw refuse(attempt, `the folder ${JSON.stringify(cwd)} is not an absolute path`);
  if ([...argv, cwd].some((text) => text.includes("\0"))) throw refuse(attempt, "an argument holds the character NUL");
  for (const [name, value] of Object.entries(env)) {
    if (name === "" || /[=\0]/u.test(name) || value.includes("\0")) {
      throw refuse(attempt, `the variable ${JSON.stringify(name)} cannot be passed on`);
    }
  }
  const folder = await stat(cwd).catch(() => undefined);
  if (folder?.isDirectory() !== true) throw refuse(attempt, `the folder ${cwd} does not exist`);
}

function refuse(attempt: string, why: string, hint?: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `${attempt}: ${why}`, hint === undefined ? {} : { hint });
}
