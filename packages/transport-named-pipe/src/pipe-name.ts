import { createHmac } from "node:crypto";

const readableLength = 64;
const digestLength = 32;

/** What a pipe's name is made from. */
export interface PipeNameParts {
  readonly prefix: string;
  readonly secret: string;
  readonly scope: string;
  readonly service: string;
}

/**
 * The pipe name of a service: `<prefix>-<scope>-<service>-<digest>`, in lower case and with every unsafe character as `_`. The digest,
 * 128 bits of an HMAC by the secret over the three exact texts, cannot be guessed, and keeps apart what reads the same: `a-b` with `c`
 * from `a` with `b-c`, upper from lower case. An extension chooses its own names, so without it one could stand on another's pipe.
 */
export function pipeName({ prefix, secret, scope, service }: PipeNameParts): string {
  const parts = [prefix, scope, service];
  if (![...parts, secret].every((part) => typeof part === "string")) {
    throw new TypeError("prefix, secret, scope and service of a pipe must be strings");
  }
  const digest = createHmac("sha256", secret).update(JSON.stringify(parts)).digest("hex");
  return [...parts.map((part) => safe(part)), digest.slice(0, digestLength)].join("-");
}

function safe(part: string): string {
  return part
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/gu, "_")
    .slice(0, readableLength);
}
