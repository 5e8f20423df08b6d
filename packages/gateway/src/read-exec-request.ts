import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ExecRequest } from "@bowsprit/client";

const maxArguments = 4096;

/**
 * Reads what a page asks to be run; a variable without a value is left out, as JSON has none for it.
 * @throws BowspritError `INVALID_ARGUMENT`.
 */
export function readExecRequest(value: unknown): ExecRequest {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("it is not a JSON object");
  const { cmd, args, cwd, env } = value as Readonly<Record<string, unknown>>;
  if (typeof cmd !== "string" || cmd === "") throw invalid("cmd must be a text");
  if (!isTexts(args) || args.length > maxArguments) throw invalid(`args must be at most ${maxArguments} texts`);
  if (cwd !== undefined && typeof cwd !== "string") throw invalid("cwd must be a text");
  return { cmd, args, ...(cwd !== undefined && { cwd }), ...(env !== undefined && { env: readVariables(env) }) };
}

function readVariables(env: unknown): Readonly<Record<string, string>> {
  if (typeof env !== "object" || env === null || Array.isArray(env)) throw invalid("env must be an object");
  const variables = Object.entries(env).filter(([, value]) => value !== null && value !== undefined);
  if (!isTexts(variables.map(([, value]) => value as unknown))) throw invalid("env must have texts for values");
  return Object.fromEntries(variables) as Record<string, string>;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function invalid(why: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `run a command of a page: ${why}`);
}
