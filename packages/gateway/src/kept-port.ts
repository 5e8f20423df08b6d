import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ErrorCode, fromNodeError } from "@bowsprit/core";

/** The port that a home's gateway has for good: what a page stores belongs to its origin, and the port is part of that. */
export interface KeptPort {
  /** Undefined before the first time, and for a file that cannot be read. */
  read(): Promise<number | undefined>;
  /** @throws BowspritError `HOME_UNUSABLE`. */
  write(port: number): Promise<void>;
}

/** In `gateway.json` of the home. */
export function createKeptPort(home: string): KeptPort {
  const path = join(home, "gateway.json");
  return {
    async read() {
      try {
        const { port } = JSON.parse(await readFile(path, "utf8")) as { readonly port?: unknown };
        return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
      } catch {
        return undefined;
      }
    },
    async write(port) {
      try {
        await mkdir(home, { recursive: true, mode: 0o700 });
        await writeFile(`${path}.tmp`, `${JSON.stringify({ port })}\n`, { mode: 0o600 });
        await rename(`${path}.tmp`, path);
      } catch (error) {
        throw fromNodeError(error, { attempt: `keep the port in ${path}`, codes: unusable });
      }
    },
  };
}

const unusable = {
  ENOENT: ErrorCode.HomeUnusable,
  ENOTDIR: ErrorCode.HomeUnusable,
  EISDIR: ErrorCode.HomeUnusable,
  EEXIST: ErrorCode.HomeUnusable,
  EACCES: ErrorCode.HomeUnusable,
  EPERM: ErrorCode.HomeUnusable,
};
