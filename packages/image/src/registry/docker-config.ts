import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fromNodeError, isJsonObject, type JsonObject } from "@bowsprit/core";
import { readSecretDocument } from "./read-secret-document.ts";

/** What Docker's configuration says about credentials. It holds secrets: nothing of it goes into a message. */
export interface DockerConfig {
  /** By account: a host, or an address with scheme and path as older versions wrote them. */
  readonly auths: JsonObject;
  readonly credentialsStore: string | undefined;
  readonly credentialHelpers: JsonObject;
}

const empty: DockerConfig = { auths: {}, credentialsStore: undefined, credentialHelpers: {} };
const maxBytes = 1024 * 1024;

/**
 * Reads `config.json` of a folder; none at all is an empty one.
 * @throws BowspritError `MESSAGE_MALFORMED` for a file that is not a JSON object, `ENDPOINT_FORBIDDEN` for one that cannot be read.
 */
export async function readDockerConfig(folder: string = defaultFolder()): Promise<DockerConfig> {
  const path = join(folder, "config.json");
  const attempt = `read Docker's configuration ${path}`;
  const bytes = await readFile(path).catch((error: unknown) => {
    const failure = fromNodeError(error, { attempt });
    if (["ENOENT", "ENOTDIR"].includes(String(failure.details["errno"]))) return undefined;
    throw failure;
  });
  if (bytes === undefined) return empty;
  const { auths, credsStore, credHelpers } = readSecretDocument(bytes, maxBytes, attempt);
  return {
    auths: isJsonObject(auths) ? auths : {},
    credentialsStore: typeof credsStore === "string" && credsStore !== "" ? credsStore : undefined,
    credentialHelpers: isJsonObject(credHelpers) ? credHelpers : {},
  };
}

function defaultFolder(): string {
  const named = process.env["DOCKER_CONFIG"];
  return named === undefined || named === "" ? join(homedir(), ".docker") : named;
}
