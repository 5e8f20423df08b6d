import { BowspritError, ErrorCode, type OperatingSystem } from "@bowsprit/core";
import { quoteCmdArgument } from "./quote-cmd-argument.ts";

/** What is given to the operating system to start a command. */
export interface NativeCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** True where `args` is quoted already, as Windows alone needs it. */
  readonly verbatim: boolean;
}

/**
 * The command that starts argv: argv itself, but on Windows a `.bat` or `.cmd` goes through `cmd.exe`, which `ComSpec` of the
 * environment names, with every argument quoted.
 * @throws BowspritError `INVALID_ARGUMENT` for an argument that cannot be quoted, `EXECUTABLE_NOT_RUNNABLE` for a name that ends in a dot
 * or a blank: Windows drops them, and `x.bat.` would run as a batch file unseen.
 */
export function nativeCommand(
  argv: readonly [string, ...string[]],
  os: OperatingSystem,
  env: Readonly<Record<string, string>>,
): NativeCommand {
  const [file, ...args] = argv;
  if (os !== "windows") return { file, args, verbatim: false };
  if (/[. ]$/u.test(file)) {
    throw new BowspritError(ErrorCode.ExecutableNotRunnable, `start ${file}: its name ends in a dot or a blank`, {
      hint: "Name the program as its folder lists it.",
    });
  }
  if (!/\.(?:bat|cmd)$/iu.test(file)) return { file, args, verbatim: false };
  const line = argv.map((text) => quoteCmdArgument(text)).join(" ");
  return { file: comSpecOf(env), args: ["/d", "/v:off", "/s", "/c", `"${line}"`], verbatim: true };
}

function comSpecOf(env: Readonly<Record<string, string>>): string {
  const [, path = "C:\\Windows\\System32\\cmd.exe"] =
    Object.entries(env).find(([name]) => name.toLowerCase() === "comspec") ?? [];
  return path;
}
