import { BowspritError, ErrorCode, isJsonObject, type JsonObject, type JsonValue } from "@bowsprit/core";
import type { DockerConfig } from "./docker-config.ts";
import { readSecretDocument } from "./read-secret-document.ts";
import type { RunHelper } from "./registry-options.ts";

/** Credentials of one registry, and where they are from. */
export interface Credentials {
  readonly from: "none" | "config" | "helper";
  readonly username?: string;
  readonly password?: string;
  /** Traded for access tokens at the registry's token server. */
  readonly identityToken?: string;
  /** An access token as it is. */
  readonly registryToken?: string;
}

export interface CredentialSource {
  readonly config: DockerConfig;
  readonly runHelper: RunHelper | undefined;
}

const attempt = "ask a credential helper";
const none: Credentials = { from: "none" };

/**
 * Looks where Docker would: the helper of this registry, else the store of all, else the file itself. A helper that knows nothing or
 * cannot be run leaves it to the file.
 * @throws BowspritError `MESSAGE_MALFORMED` for a helper's name or answer that is none.
 */
export async function findCredentials(account: string, source: CredentialSource): Promise<Credentials> {
  const { config, runHelper } = source;
  const helper = lookUp(config.credentialHelpers, account) ?? config.credentialsStore;
  if (typeof helper === "string" && helper !== "" && runHelper !== undefined) {
    if (!/^[\w.-]+$/u.test(helper)) throw malformed("its name is not one of a program");
    const { exitCode, stdout } = await runHelper(helper, account);
    if (exitCode === 0) return fromHelper(stdout);
  }
  const entry = lookUp(config.auths, account);
  return isJsonObject(entry) ? fromEntry(entry) : none;
}

function fromHelper(stdout: string): Credentials {
  const { Username: username, Secret: secret } = readSecretDocument(Buffer.from(stdout), 65_536, attempt);
  if (typeof username !== "string" || typeof secret !== "string")
    throw malformed("its answer has no Username and Secret");
  return username === "<token>"
    ? { from: "helper", identityToken: secret }
    : { from: "helper", username, password: secret };
}

function fromEntry(entry: JsonObject): Credentials {
  const { auth, username, password, identitytoken, registrytoken } = entry;
  if (isText(registrytoken)) return { from: "config", registryToken: registrytoken };
  if (isText(identitytoken)) return { from: "config", identityToken: identitytoken };
  if (isText(auth)) {
    const [, name, secret] = /^([^:]*):(.*)$/su.exec(Buffer.from(auth, "base64").toString().replace(/\0+$/u, "")) ?? [];
    if (name !== undefined && secret !== undefined) return { from: "config", username: name, password: secret };
  }
  return isText(username) && isText(password) ? { from: "config", username, password } : none;
}

/** By the account as it is, else by the host that an account with scheme and path names. */
function lookUp(table: JsonObject, account: string): JsonValue | undefined {
  if (Object.hasOwn(table, account)) return table[account];
  const wanted = hostOf(account);
  const key = Object.keys(table).find((name) => hostOf(name) === wanted);
  return key === undefined ? undefined : table[key];
}

function hostOf(account: string): string {
  const host = account.replace(/^https?:\/\//u, "").replace(/\/.*$/su, "");
  return ["docker.io", "registry-1.docker.io"].includes(host) ? "index.docker.io" : host;
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function malformed(why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`);
}
