import type { ExecResult } from "@bowsprit/core";
import type { Exec, ExecHandle, ExecOptions, ExecStreamOptions, SpawnOptions } from "./exec.ts";
import type { ExecRequest } from "./wire.ts";

/** The two ways to run a program. */
export interface ExecWays {
  readonly run: (request: ExecRequest) => Promise<ExecResult>;
  readonly stream: (request: ExecRequest, callbacks: ExecStreamOptions) => ExecHandle;
}

/** The one function that pages call, over the two ways: `options.stream` chooses. Arguments become texts, their quotes stay. */
export function createExec({ run, stream }: ExecWays): Exec {
  function exec(cmd: string, args: readonly string[], options: SpawnOptions): ExecHandle;
  function exec(cmd: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  function exec(
    cmd: string,
    args?: readonly string[],
    options?: Partial<SpawnOptions> | null,
  ): ExecHandle | Promise<ExecResult> {
    const request = requestOf(cmd, args, options ?? {});
    return options?.stream ? stream(request, options.stream) : run(request);
  }
  return exec;
}

function requestOf(cmd: string, args: readonly string[] | undefined, { cwd, env }: ExecOptions): ExecRequest {
  return {
    cmd: String(cmd),
    // Pages written in JavaScript leave the list out, or give its only argument instead.
    args: [args ?? []].flat().map(String),
    ...(cwd !== undefined && { cwd: String(cwd) }),
    ...(env !== undefined && { env: textsOf(env) }),
  };
}

function textsOf(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
