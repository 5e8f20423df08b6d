import { createHash } from "node:crypto";

const readableLength = 64;
const digestLength = 32;

/**
 * The pipe name of a service: `<prefix>-<scope>-<service>-<digest>`, in lower case and with every unsafe character as `_`. The digest
 * (128 bits over the three exact texts) keeps apart what reads the same: `a-b` with `c` from `a` with `b-c`, upper from lower case.
 * An extension chooses its own names, so without it one could stand on the pipe of another.
 */
export function pipeName(prefix: string, scope: string, service: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([prefix, scope, service]))
    .digest("hex");
  const readable = [prefix, scope, service].map((part) => safe(part));
  return [...readable, digest.slice(0, digestLength)].join("-");
}

function safe(part: string): string {
  if (typeof part !== "string") throw new TypeError("prefix, scope and service of a pipe must be strings");
  return part
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/gu, "_")
    .slice(0, readableLength);
}
