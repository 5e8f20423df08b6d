import { findExecutable, runProcess } from "@bowsprit/exec";
import type { RegistryOptions } from "@bowsprit/image";

/** What a helper prints is a name and a secret. */
const maxOutputBytes = 65_536;

/**
 * Runs Docker's credential helpers: the programs `docker-credential-<name>` of the search path, with the user's own environment, since
 * they speak to his keyring. One that is not there knows no credentials.
 */
export function createCredentialHelper(
  environment: Readonly<Record<string, string | undefined>>,
): NonNullable<RegistryOptions["runHelper"]> {
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return async (name, input) => {
    // It comes from a configuration file: a name, not a way to some other program.
    if (!/^[\w.-]+$/u.test(name)) return { exitCode: 1, stdout: "" };
    const program = await findExecutable(`docker-credential-${name}`, { path: env["PATH"] }).catch(() => undefined);
    if (program === undefined) return { exitCode: 1, stdout: "" };
    const { code, stdout } = await runProcess({
      argv: [program, "get"],
      cwd: "/",
      env,
      stdin: once(input),
      maxOutputBytes,
      signal: AbortSignal.timeout(60_000),
    });
    return { exitCode: code ?? 1, stdout };
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
