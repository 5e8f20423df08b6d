import { BowspritError, ErrorCode } from "@bowsprit/core";

/** Writes a failure to standard error: two lines of text, or one JSON object under `--json`. */
export function printError(error: unknown, json: boolean): void {
  const known = BowspritError.from(error);
  const hint = known.hint ?? hints[known.code];
  if (json) {
    process.stderr.write(`${JSON.stringify({ error: { ...known.toJSON(), hint: hint ?? null } })}\n`);
    return;
  }
  process.stderr.write(`error: ${oneLine(known.message)}\n`);
  if (hint !== undefined) process.stderr.write(`hint: ${oneLine(hint)}\n`);
}

/** Writes a failure that ends nothing, as one line. */
export function printWarning(error: unknown, json: boolean): void {
  const known = BowspritError.from(error);
  process.stderr.write(json ? `${JSON.stringify({ error: known })}\n` : `warning: ${oneLine(known.message)}\n`);
}

/** What helps where the place of the failure could not say better. */
const hints: Partial<Record<ErrorCode, string>> = {
  [ErrorCode.MetadataInvalid]: "Mend metadata.json at that place and install again; nothing was installed.",
  [ErrorCode.ReferenceInvalid]: "bowsprit ls shows the ids of what is installed.",
  [ErrorCode.InvalidArgument]: "bowsprit --help shows the commands, bowsprit COMMAND --help their arguments.",
};

/** Text from files and peers may not forge further lines or move the cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
