import { execFileSync } from "node:child_process";

/** Runs a program to its end and answers with what it printed. @throws Error with both outputs when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): string {
  try {
    return execFileSync(command, args, { ...options, encoding: "utf8", stdio: "pipe", maxBuffer: 64 << 20 });
  } catch (reason) {
    const { stdout = "", stderr = "", message } = reason as { stdout?: string; stderr?: string; message: string };
    throw new Error(`run ${command} ${args.join(" ")} in ${options.cwd}: ${message}\n${stdout}${stderr}`, {
      cause: reason,
    });
  }
}
