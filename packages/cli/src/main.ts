import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Host } from "@bowsprit/sdk";
import packageJson from "../package.json" with { type: "json" };
import { aliases, commandTable } from "./command-table.ts";
import type { Arguments, Command } from "./command.ts";
import { commandHelp, programHelp } from "./help.ts";
import { parseCommandArguments, parseProgramArguments, type ProgramArguments } from "./parse-arguments.ts";
import { printError } from "./print-error.ts";
import { untilSignal } from "./until-signal.ts";
import { writeText } from "./write-text.ts";

/** Runs the program on its arguments and answers with the exit code: 0 done, 1 failed, 2 wrong usage, else the command's own. */
export async function main(argv: readonly string[]): Promise<number> {
  let json = argv.includes("--json");
  try {
    const program = parseProgramArguments(argv);
    json ||= wantsJson(program.before);
    if (program.command === undefined) return withoutCommand(program.before, json);
    return await runCommand(program);
  } catch (error) {
    printError(error, json);
    return exitCodeOf(error);
  }
}

function withoutCommand(given: Arguments, json: boolean): number {
  if (given.flag("version")) {
    writeText(json ? `${JSON.stringify({ version: packageJson.version })}\n` : `bowsprit ${packageJson.version}\n`);
    return 0;
  }
  if (given.flag("help")) {
    writeText(programHelp());
    return 0;
  }
  process.stderr.write(programHelp());
  return 2;
}

async function runCommand({ command: called = "", before, rest }: ProgramArguments): Promise<number> {
  const name = aliases[called] ?? called;
  const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
  if (entry === undefined) throw unknownCommand(called);
  const command = await entry.load();
  if (before.flag("help")) return showHelp(name, command);
  let json = wantsJson(before) || rest.includes("--json");
  try {
    const own = parseCommandArguments(command, rest);
    if (own.flag("help")) return showHelp(name, command);
    json = wantsJson(before) || wantsJson(own);
    return await untilSignal((signal) => withHost(command, { own, before, json, signal }), command);
  } catch (error) {
    printError(error, json);
    return (command.exitCodeOf ?? exitCodeOf)(error);
  }
}

interface Call {
  readonly own: Arguments;
  readonly before: Arguments;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function withHost(command: Command, { own, before, json, signal }: Call): Promise<number> {
  let opened: Promise<Host> | undefined;
  const home = own.text("home") ?? before.text("home");
  const open = async (): Promise<Host> => (await import("./open-host.ts")).openHost(home);
  try {
    return await command.run({ arguments: own, home, json, signal, host: () => (opened ??= open()) });
  } finally {
    await (await opened?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}

function showHelp(name: string, command: Command): number {
  writeText(commandHelp(name, command));
  return 0;
}

function wantsJson(given: Arguments): boolean {
  const format = given.text("format");
  if (format !== undefined && format !== "json") {
    throw new BowspritError(ErrorCode.InvalidArgument, `read --format ${format}: only json is known`);
  }
  return given.flag("json") || format === "json";
}

function unknownCommand(name: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `run ${JSON.stringify(name)}: no such command`, {
    hint: `The commands are: ${Object.keys(commandTable).join(", ")}.`,
  });
}

function exitCodeOf(error: unknown): number {
  return BowspritError.is(error, ErrorCode.InvalidArgument) ? 2 : 1;
}
