import { BowspritError, ErrorCode } from "@bowsprit/core";

/**
 * One argument for a Windows batch file, in the quotes that keep `cmd.exe` from reading it. `cmd.exe` has no way to pass on a quote or a
 * percent sign for sure, so they are refused: an argument must never become a command.
 * @throws BowspritError `INVALID_ARGUMENT` for a text with `"`, `%` or a control character.
 */
export function quoteCmdArgument(text: string): string {
  if (/["%\p{Cc}]/u.test(text)) {
    throw new BowspritError(
      ErrorCode.InvalidArgument,
      `quote ${JSON.stringify(text)} for a batch file: it holds a quote, a percent sign or a control character`,
      { hint: "Pass such a text in a file or a variable, or start a program that is not a .bat or .cmd." },
    );
  }
  // Backslashes before the closing quote are doubled: a program that the batch file calls takes \" for a quote.
  return `"${text.replace(/\\+$/u, "$&$&")}"`;
}
