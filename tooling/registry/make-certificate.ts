import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "@tooling/provision";
import { findRegistry } from "./find-registry.ts";

/** A certificate of this computer, signed by itself, with its key: PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** The file that the certificate is in. */
  readonly path: string;
}

/** Makes a certificate for `localhost` and 127.0.0.1 in a folder; it holds for two days. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const found = await findRegistry();
  if (!found.available) throw new Error(found.reason);
  const [path, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const argv = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", path, ...names];
  const output = { stdout: join(folder, "openssl.out"), stderr: join(folder, "openssl.err") };
  const code = await runProgram({ argv: [found.openssl, ...argv], env: {}, output, timeoutMs: 30_000 });
  if (code !== 0) throw new Error(`openssl ended with ${code}: ${await readFile(output.stderr, "utf8")}`);
  return { path, certificate: await readFile(path, "utf8"), key: await readFile(key, "utf8") };
}
