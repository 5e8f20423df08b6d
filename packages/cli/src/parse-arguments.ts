import { parseArgs } from "node:util";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Arguments, Command, OptionTable } from "./command.ts";

/** The options that every command takes. */
const globalOptions: OptionTable = {
  home: { type: "string" },
  json: { type: "boolean" },
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
};

/** The program's arguments, cut where the command's name stands. */
export interface ProgramArguments {
  readonly command: string | undefined;
  /** Options before the command's name, among them `--version`. */
  readonly before: Arguments;
  readonly rest: readonly string[];
}

/** @throws BowspritError `INVALID_ARGUMENT` for an option that is not known before a command's name. */
export function parseProgramArguments(argv: readonly string[]): ProgramArguments {
  const options: OptionTable = { ...globalOptions, version: { type: "boolean", short: "v" } };
  const end = firstPositional(argv, options) ?? argv.length;
  return { command: argv[end], before: parse(argv.slice(0, end), options), rest: argv.slice(end + 1) };
}

/**
 * Sorts a command's own arguments.
 * @throws BowspritError `INVALID_ARGUMENT` for an unknown option, a missing value, or too few or too many positionals.
 */
export function parseCommandArguments(command: Command, argv: readonly string[]): Arguments {
  const options = { ...globalOptions, ...command.options };
  const cut = command.verbatim === true ? firstPositional(argv, options) : undefined;
  const parsed =
    cut === undefined ? parse(argv, options) : withRest(parse(argv.slice(0, cut + 1), options), argv.slice(cut + 1));
  if (parsed.flag("help")) return parsed;
  const [least, most] = command.takes;
  const given = parsed.positionals.length;
  if (given < least) throw wrong(`${given === 0 ? "arguments are" : "an argument is"} missing`);
  if (given > most) throw wrong(`one argument too many: ${JSON.stringify(parsed.positionals[most])}`);
  return parsed;
}

function parse(argv: readonly string[], options: OptionTable): Arguments {
  const { values, positionals } = attempt(() =>
    parseArgs({ args: [...argv], options, allowPositionals: true, strict: true }),
  );
  const all = (name: string): readonly unknown[] => [values[name]].flat();
  return {
    positionals,
    flag: (name) => values[name] === true,
    text: (name) => all(name).findLast((value) => typeof value === "string"),
    texts: (name) => all(name).filter((value) => typeof value === "string"),
  };
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw wrong(firstSentence(error.message), error);
  }
}

function firstPositional(argv: readonly string[], options: OptionTable): number | undefined {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  return tokens.find((token) => token.kind === "positional")?.index;
}

/** One `--` parts the id from the program to run; what follows is nobody's but that program's. */
function withRest(parsed: Arguments, rest: readonly string[]): Arguments {
  const own = rest[0] === "--" ? rest.slice(1) : rest;
  return { ...parsed, positionals: [...parsed.positionals, ...own] };
}

function firstSentence(text: string): string {
  const sentence = text.split(/\. |\n/u)[0] ?? text;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function wrong(reason: string, cause?: unknown): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `read the arguments: ${reason}`, { cause });
}
