import { BowspritError, ErrorCode, isJsonObject, readJsonDocument } from "@bowsprit/core";
import type { WireResponse } from "./create-wire.ts";
import type { Credentials } from "./find-credentials.ts";
import { readBounded } from "./read-bounded.ts";

/** Who answered, and how we asked. */
export interface Asking {
  readonly attempt: string;
  /** Host and port. */
  readonly registry: string;
  readonly credentialsFrom: Credentials["from"];
}

const tried = {
  none: "without credentials",
  config: "with the credentials of Docker's configuration",
  helper: "with the credentials of Docker's credential helper",
};

/** What an answer that is not the one asked for means. Its text is the registry's own and is not repeated, but for its code. */
export async function readRefusal(response: WireResponse, asking: Asking): Promise<BowspritError> {
  const { attempt, registry } = asking;
  const { status } = response;
  const registryCode = await readCode(response, attempt);
  const details = { registry, status, ...(registryCode !== undefined && { registryCode }) };
  const said = `${registry} answered with status ${status}${registryCode === undefined ? "" : ` (${registryCode})`}`;
  if (status === 401 || status === 403) return forbidden(said, asking, details);
  if (status === 404) return new BowspritError(ErrorCode.SourceNotFound, `${attempt}: ${said}`, { details });
  if (status === 429) {
    const hint = `Wait, or log in with docker login ${registry}: registries allow more to those they know.`;
    return new BowspritError(ErrorCode.EndpointUnreachable, `${attempt}: ${registry} was asked too often`, {
      details,
      hint,
    });
  }
  const code = status >= 500 ? ErrorCode.EndpointUnreachable : ErrorCode.MessageMalformed;
  return new BowspritError(code, `${attempt}: ${said}`, { details });
}

function forbidden(said: string, asking: Asking, details: Readonly<Record<string, string | number>>): BowspritError {
  const { attempt, registry, credentialsFrom } = asking;
  const login = registry === "docker.io" ? "docker login" : `docker login ${registry}`;
  return new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: ${said}, asked ${tried[credentialsFrom]}`, {
    details: { ...details, credentials: credentialsFrom },
    hint: `Check the name, and if the image is private log in with ${login}.`,
  });
}

/** The code of the first error, as the distribution specification has them: `MANIFEST_UNKNOWN`. */
async function readCode(response: WireResponse, attempt: string): Promise<string | undefined> {
  const options = { what: "a refusal", maxBytes: 65_536, code: ErrorCode.MessageMalformed };
  try {
    const document = readJsonDocument(await readBounded(response, options.maxBytes, attempt), options);
    const errors = isJsonObject(document) ? document["errors"] : undefined;
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    const code = isJsonObject(first) ? first["code"] : undefined;
    return typeof code === "string" && /^[A-Z_]{1,40}$/u.test(code) ? code : undefined;
  } catch (error) {
    if (BowspritError.is(error, ErrorCode.Aborted)) throw error;
    return undefined;
  }
}
