import { aptCommand, findProgram, type Lack } from "@tooling/provision";

/** Whether a registry can run here: its program, or what is missing. */
export type FoundRegistry =
  | { readonly available: true; readonly program: string; readonly openssl: string }
  | ({ readonly available: false } & Lack);

/** Looks for the distribution project's registry in PATH, and for OpenSSL, which makes certificates; installs nothing. */
export async function findRegistry(): Promise<FoundRegistry> {
  if (process.platform !== "linux") {
    const reason = `the registry suites run on Linux, this is ${process.platform}`;
    return { available: false, reason, enable: "run the tests on Linux", packages: [] };
  }
  const [program, openssl] = await Promise.all([findProgram("docker-registry"), findProgram("openssl")]);
  if (program !== undefined && openssl !== undefined) return { available: true, program, openssl };
  const packages = [
    ...(program === undefined ? ["docker-registry"] : []),
    ...(openssl === undefined ? ["openssl"] : []),
  ];
  const reason = program === undefined ? "docker-registry is not installed" : "OpenSSL is not installed";
  return { available: false, reason, enable: aptCommand(packages), packages };
}

/** Why tests against a registry cannot run here and what would change it, for `skip(reason)`; undefined when they can. */
export async function whyNoRegistry(): Promise<string | undefined> {
  const found = await findRegistry();
  return found.available ? undefined : `${found.reason}; to enable it: ${found.enable}`;
}
