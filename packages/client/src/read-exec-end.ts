import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import { parseJson } from "./parse-json.ts";

/** How a streamed exec ended, read from its last frame. */
export type ExecEnding =
  | { readonly type: "exit"; readonly code: number | null; readonly signal: string | null }
  | { readonly type: "error"; readonly error: BowspritError };

/** Reads the last frame; one that cannot be read is an error, too. */
export function readExecEnd(text: string): ExecEnding {
  const end = parseJson(text);
  if (isJsonObject(end)) {
    const { type, code = null, signal = null, error } = end;
    const isExit = (typeof code === "number" || code === null) && (typeof signal === "string" || signal === null);
    if (type === "exit" && isExit) return { type, code, signal };
    if (type === "error") return { type, error: BowspritError.fromJSON(error) };
  }
  return {
    type: "error",
    error: new BowspritError(ErrorCode.MessageMalformed, "read the end of a program: not the form of one"),
  };
}
