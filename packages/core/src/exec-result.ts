import { BowspritError } from "./bowsprit-error.ts";
import { quoteText } from "./clean-text.ts";
import { ErrorCode } from "./error-code.ts";

/** How a process ended and all that it wrote: what an exec of the extension API resolves with, and the shape of its rejection. */
export interface ExecResult {
  /** The command line, for people. */
  readonly cmd?: string;
  /** True when the caller or a deadline ended the process. */
  readonly killed: boolean;
  readonly signal: string | null;
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, without their ends. Output that ends with a line end has no empty last line; empty output has no lines. */
  lines(): string[];
  /**
   * Each line of stdout that is not blank, read as JSON; one pair of quotes around a line is not part of it.
   * @throws BowspritError `MESSAGE_MALFORMED`.
   */
  parseJsonLines(): unknown[];
  /**
   * The whole of stdout, read as JSON; one pair of quotes around it is not part of it.
   * @throws BowspritError `MESSAGE_MALFORMED`.
   */
  parseJsonObject(): unknown;
}

/** The parts of a result that are data: what travels over a wire. */
export interface RawExecResult {
  readonly cmd?: string;
  readonly killed?: boolean;
  readonly signal?: string | null;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A result with its methods. `lines()` drops the empty text after the last line end: pages count lines, index from the end and split
 * each one into columns, and none of them expects a line that the command did not print.
 */
export function createExecResult(raw: RawExecResult): ExecResult {
  const { stdout } = raw;
  const lines = (): string[] => stdout.replace(/\r?\n$/u, "").split(/\r?\n/u);
  return {
    ...(raw.cmd !== undefined && { cmd: raw.cmd }),
    killed: raw.killed ?? false,
    signal: raw.signal ?? null,
    code: raw.code,
    stdout,
    stderr: raw.stderr,
    lines: () => (stdout === "" ? [] : lines()),
    parseJsonLines: () =>
      lines()
        .filter((line) => line.trim() !== "")
        .map((line) => parseQuotedJson(line)),
    parseJsonObject: () => parseQuotedJson(stdout),
  };
}

// Pages wrap formats in quotes for a shell ('"{{json .}}"'); where there is no shell the quotes come back around the output. A JSON
// text that is a string keeps its quotes: only around an object or a list they cannot be JSON's own.
function parseQuotedJson(text: string): unknown {
  const trimmed = text.trim();
  const [, , inner = trimmed] = /^(["'])\s*([{[].*[}\]])\s*\1$/su.exec(trimmed) ?? [];
  try {
    return JSON.parse(inner);
  } catch (cause) {
    throw new BowspritError(ErrorCode.MessageMalformed, `parse output ${quoteText(trimmed)}: not JSON`, { cause });
  }
}
