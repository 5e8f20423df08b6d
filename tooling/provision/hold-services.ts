import { unlink, writeFile } from "node:fs/promises";

/** What Debian's packages ask before they start a service of theirs. */
const policy = "/usr/sbin/policy-rc.d";

/**
 * Keeps packages from starting services while they are installed: the tests start what they need, on loopback and for as long as they
 * run. A policy that the computer has already stays as it is. Disposing gives services back to whoever wants them.
 */
export async function holdServices(): Promise<AsyncDisposable> {
  const isOurs = await writeFile(policy, "#!/bin/sh\nexit 101\n", { flag: "wx", mode: 0o755 }).then(
    () => true,
    () => false,
  );
  return {
    async [Symbol.asyncDispose]() {
      if (isOurs) await unlink(policy);
    },
  };
}
