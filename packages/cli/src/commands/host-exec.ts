import { constants } from "node:os";
import { resolve } from "node:path";
import { BowspritError, ErrorCode, type ExecExit, type ExecProcess } from "@bowsprit/core";
import type { HostExecOptions } from "@bowsprit/sdk";
import type { Arguments, Command } from "../command.ts";
import { writeJson } from "../write-text.ts";

/** The codes with which `docker run` and every shell tell their own failures from the program's. */
const failed = 125;
const notRunnable = 126;
const notFound = 127;

/** Runs one of the extension's host executables on this terminal; its exit code is the program's. */
export const hostExec: Command = {
  usage: `[-e K=V]… [-w DIR] <id> [--] <executable> [arguments…]

Options, before the id:
  -e, --env K=V       a variable for the executable; can be given again
  -w, --workdir DIR   where it starts; the default is the folder of the extension's executables

Exits with the executable's code, 128+n where signal n ended it, 127 where there is none of that name, 126 where it
cannot be started, 125 for any other failure of ours.`,
  options: {
    env: { type: "string", short: "e", multiple: true },
    workdir: { type: "string", short: "w" },
  },
  takes: [2, Number.POSITIVE_INFINITY],
  verbatim: true,
  leavesInterrupt: true,
  exitCodeOf(error) {
    if (BowspritError.is(error, ErrorCode.ExecutableNotFound)) return notFound;
    return BowspritError.is(error, ErrorCode.ExecutableNotRunnable) ? notRunnable : failed;
  },
  async run({ host, json, signal, arguments: given }) {
    const [id = "", executable = "", ...rest] = given.positionals;
    const options: HostExecOptions = { ...execOptions(given), stdin: "inherit", signal };
    const opened = await host();
    if (!json)
      return exitCode(await (await opened.exec(id, [executable, ...rest], { ...options, output: "inherit" })).exited);
    const child = await opened.exec(id, [executable, ...rest], { ...options, output: "pipe" });
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const exit = await child.exited;
    writeJson({ exitCode: exit.code, signal: exit.signal, stdout, stderr });
    return exitCode(exit);
  },
};

function execOptions(given: Arguments): HostExecOptions {
  const workdir = given.text("workdir");
  const env = Object.fromEntries(given.texts("env").map(parseVariable));
  return { env, ...(workdir !== undefined && { cwd: resolve(workdir) }) };
}

function parseVariable(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  const value = process.env[text];
  if (at === -1 && value !== undefined) return [text, value];
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `read --env ${JSON.stringify(text)}: neither K=V nor a variable that is set`,
  );
}

function exitCode({ code, signal }: ExecExit): number {
  if (code !== null) return code;
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
  return 128 + number;
}

async function textOf(output: ExecProcess["stdout"]): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
