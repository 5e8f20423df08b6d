import { type BowspritError, createExecResult, ErrorCode, type ExecResult } from "@bowsprit/core";
import type { ExecRequest } from "./wire.ts";

/** What an exec is rejected with: an error that is also the result, with its methods. */
export type ExecFailure = Error & Omit<ExecResult, "code"> & { readonly code: number | string | null };

/** The failure of a program that ran and ended with another code than 0, or by a signal. */
export function failedExec(result: ExecResult): ExecFailure {
  return Object.assign(new Error(`Command failed: ${result.cmd ?? ""}\n${result.stderr}`), result);
}

/** The failure where nothing ran, or nobody knows how it ended. A missing program is `ENOENT`, as it is to whoever knows Node. */
export function nothingRan(request: ExecRequest, reason: BowspritError): ExecFailure {
  const isMissing = reason.code === ErrorCode.ExecutableNotFound;
  const message = isMissing ? `spawn ${request.cmd} ENOENT: ${reason.message}` : reason.message;
  const result = createExecResult({ cmd: commandLine(request), code: null, stdout: "", stderr: message });
  return Object.assign(new Error(message, { cause: reason }), result, {
    code: isMissing ? "ENOENT" : reason.code,
    hint: reason.hint,
  });
}

/** A command for people. */
export function commandLine({ cmd, args }: ExecRequest): string {
  return [cmd, ...args].join(" ");
}
