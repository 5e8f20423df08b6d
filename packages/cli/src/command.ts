import type { ParseArgsConfig } from "node:util";
import type { Host } from "@bowsprit/sdk";

export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** The arguments of one command, sorted into options and the rest. */
export interface Arguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

/** What a command may use of the world: nothing else reaches it. */
export interface CommandContext {
  readonly arguments: Arguments;
  /** True under `--json`: standard output holds JSON and nothing else. */
  readonly json: boolean;
  /** The home that was named; without one it is the default home. */
  readonly home: string | undefined;
  /** Fires once when the program is told to end. */
  readonly signal: AbortSignal;
  /** The host of the chosen home; the program disposes it when the command has ended. */
  host(): Promise<Host>;
}

/** One command of the program, in a module of its own that is loaded only when it is called. */
export interface Command {
  /** The arguments after the name, as the help shows them. */
  readonly usage: string;
  readonly options: OptionTable;
  /** The positionals it takes: at least and at most. */
  readonly takes: readonly [number, number];
  /** Leaves everything after the first positional alone, for commands that run another program. */
  readonly verbatim?: boolean;
  /** Leaves Ctrl-C to the program that it runs on this terminal, which gets it, too. */
  readonly leavesInterrupt?: boolean;
  /** Runs until it is told to end: a signal is then no failure, and the exit code is the command's own. */
  readonly endsBySignal?: boolean;
  /** The exit code of a failure of ours; the default is 1, or 2 for wrong usage. */
  readonly exitCodeOf?: (error: unknown) => number;
  /** Answers with the exit code. */
  run(context: CommandContext): Promise<number>;
}
