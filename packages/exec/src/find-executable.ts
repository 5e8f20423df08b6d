import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { BowspritError, ErrorCode, type OperatingSystem } from "@bowsprit/core";
import { executableCandidates } from "./executable-candidates.ts";
import { thisPlatform } from "./this-platform.ts";

export interface FindOptions {
  /** The folders to look in, as `PATH` lists them; empty and relative ones are passed over, for what they mean changes. */
  readonly path: string | undefined;
  /** What a name with a separator is relative to, an absolute path. */
  readonly cwd?: string;
  /** The default is the system this runs on. */
  readonly os?: OperatingSystem;
  /** The endings of programs on Windows, as `PATHEXT` lists them; of these `.COM`, `.EXE`, `.BAT` and `.CMD` count. */
  readonly pathExt?: string;
}

/**
 * The absolute path of a program: by `PATH` for a bare name, else relative to `cwd`. The working folder is never searched for a bare
 * name, on Windows neither.
 * @throws BowspritError `EXECUTABLE_NOT_FOUND`; `EXECUTABLE_NOT_RUNNABLE` when all that is there may not be executed.
 */
export async function findExecutable(name: string, options: FindOptions): Promise<string> {
  const { os = thisPlatform.os } = options;
  let refused: string | undefined;
  for (const candidate of executableCandidates(name, { ...options, os })) {
    const verdict = await judge(candidate, os);
    if (verdict === "runnable") return candidate;
    if (verdict === "refused") refused ??= candidate;
  }
  if (refused !== undefined) {
    throw new BowspritError(
      ErrorCode.ExecutableNotRunnable,
      `find ${JSON.stringify(name)}: ${refused} may not be executed`,
      {
        details: { name, path: refused },
        hint: `Make it executable: chmod +x ${refused}`,
      },
    );
  }
  throw notFound(name, /[/\\]/u.test(name));
}

async function judge(path: string, os: OperatingSystem): Promise<"runnable" | "refused" | "absent"> {
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) return "absent";
  if (os === "windows") return "runnable";
  return access(path, constants.X_OK).then(
    () => "runnable",
    () => "refused",
  );
}

function notFound(name: string, isPath: boolean): BowspritError {
  const why = isPath ? "no such file" : "no folder of PATH has it";
  return new BowspritError(ErrorCode.ExecutableNotFound, `find ${JSON.stringify(name)}: ${why}`, {
    details: { name },
    hint: isPath
      ? "Name a file that exists, relative to the folder it is started in."
      : "Install the program, or add its folder to PATH.",
  });
}
