import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { account } from "./account.ts";
import { findRegistry } from "./find-registry.ts";

/** A real registry on a free port of loopback. Disposing ends it and removes what it wrote. */
export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** Where its images are; another registry may serve the same ones. */
  readonly storage: string;
}

/** How a registry protects its images. */
export type RegistryAuth =
  | { readonly kind: "basic" }
  | { readonly kind: "token"; readonly realm: string; readonly certificatePath: string };

export interface RegistryOptions {
  readonly auth?: RegistryAuth;
  /** The images of another registry, which outlives this one. */
  readonly storage?: string;
}

/** Starts one and resolves when it listens. */
export async function startRegistry({ auth, storage }: RegistryOptions = {}): Promise<TestRegistry> {
  const found = await findRegistry();
  if (!found.available) throw new Error(found.reason);
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-registry-"));
  const images = storage ?? join(folder, "images");
  const passwords = join(folder, "htpasswd");
  await writeFile(passwords, `${account.htpasswd}\n`);
  const config = join(folder, "config.yml");
  // JSON is YAML.
  await writeFile(config, JSON.stringify(configuration(images, passwords, auth)));
  const child = spawn(found.program, ["serve", config], { stdio: ["ignore", "pipe", "pipe"], env: {} });
  const closed = once(child, "close");
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await closed;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { host: await listening(child), storage: images, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

function configuration(rootdirectory: string, passwords: string, auth: RegistryAuth | undefined): unknown {
  return {
    version: "0.1",
    log: { level: "info", accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory },
      delete: { enabled: true },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: "127.0.0.1:0", relativeurls: true, secret: "of a test" },
    ...(auth?.kind === "basic" && { auth: { htpasswd: { realm: "test", path: passwords } } }),
    ...(auth?.kind === "token" && {
      auth: {
        token: {
          realm: auth.realm,
          service: "test-registry",
          issuer: "test-issuer",
          rootcertbundle: auth.certificatePath,
        },
      },
    }),
  };
}

async function listening({ stdout, stderr }: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  const read = (chunk: Buffer): void => {
    text += chunk.toString();
    const [, host] = /listening on (127\.0\.0\.1:\d+)/u.exec(text) ?? [];
    if (host !== undefined) resolve(host);
  };
  stdout?.on("data", read).once("close", () => reject(new Error(`the registry ended before it listened: ${text}`)));
  stderr?.on("data", read);
  return promise;
}
