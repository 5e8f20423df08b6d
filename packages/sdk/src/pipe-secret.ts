import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ErrorCode, fromNodeError } from "@bowsprit/core";

const codes = {
  EACCES: ErrorCode.HomeUnusable,
  EPERM: ErrorCode.HomeUnusable,
  ENOENT: ErrorCode.HomeUnusable,
  ENOTDIR: ErrorCode.HomeUnusable,
};

/**
 * The secret that a home's pipe names are made with, 128 bits in `sockets/pipes.key`, which only the home's user can read; made on first
 * use, and the same for every program that works in this home. Read at once, not in time: a transport names addresses without waiting.
 * @throws BowspritError `HOME_UNUSABLE`.
 */
export function pipeSecret(home: string): string {
  const path = join(home, "sockets", "pipes.key");
  try {
    return read(path) ?? make(path) ?? readFileSync(path, "utf8");
  } catch (error) {
    throw fromNodeError(error, { attempt: `make the key of the pipes in ${path}`, codes });
  }
}

function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return /^[0-9a-f]{32}$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when another program was quicker: its key is everybody's. One that was cut short is replaced. */
function make(path: string): string | undefined {
  const secret = randomBytes(16).toString("hex");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, secret, { flag: "wx", mode: 0o600 });
    return secret;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  if (read(path) !== undefined) return undefined;
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}
