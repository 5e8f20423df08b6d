import { BowspritError, ErrorCode } from "@bowsprit/core";

/** The input of a verb, as it came: nothing in it was checked. */
export type VerbInput = Readonly<Record<string, unknown>>;

/** @throws BowspritError `INVALID_ARGUMENT` for a field that is missing, empty, or not a text. */
export function requiredText(input: VerbInput, name: string): string {
  const text = optionalText(input, name);
  if (text === undefined || text === "") throw invalid(name, "is missing");
  return text;
}

/** @throws BowspritError `INVALID_ARGUMENT` for a field that is not a text. */
export function optionalText(input: VerbInput, name: string): string | undefined {
  const value = fieldOf(input, name);
  if (value === undefined || typeof value === "string") return value;
  throw invalid(name, "must be a text");
}

/** A query says `true` as a text. @throws BowspritError `INVALID_ARGUMENT`. */
export function optionalFlag(input: VerbInput, name: string): boolean {
  const value = fieldOf(input, name);
  if (value === undefined || value === false || value === "false") return false;
  if (value === true || value === "true" || value === "") return true;
  throw invalid(name, "must be true or false");
}

/** A whole number from 0 to 1,000,000. @throws BowspritError `INVALID_ARGUMENT`. */
export function optionalCount(input: VerbInput, name: string): number | undefined {
  const value = fieldOf(input, name);
  if (value === undefined) return undefined;
  const count = typeof value === "string" && /^\d{1,7}$/u.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= 1_000_000) return count;
  throw invalid(name, "must be a whole number from 0 to 1,000,000");
}

function fieldOf(input: VerbInput, name: string): unknown {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}

function invalid(name: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `read the request: ${name} ${why}`, {
    hint: "docs/wire.md says what each request takes.",
  });
}
