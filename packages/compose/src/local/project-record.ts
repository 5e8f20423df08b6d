import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type BowspritError,
  ErrorCode,
  fromNodeError,
  isJsonObject,
  type ProcessIdentity,
  type ServiceState,
  type ServiceStatus,
} from "@bowsprit/core";

/** A service as it is recorded: its status and the identity of its process. */
export interface RecordedService extends ServiceStatus {
  readonly started: string | null;
}

/** What is on disk of a project that is up. */
export interface ProjectRecord {
  /** Names the one start of the project that may write here; another start, or `down`, takes the record away from it. */
  readonly owner: string;
  /** The process that supervises. */
  readonly host: ProcessIdentity;
  readonly services: readonly RecordedService[];
}

/**
 * One project's record. Synchronous, so that a process is recorded as soon as its start is known here; one that was started in the instant
 * before a kill of this process may be missing.
 */
export interface ProjectRecordFile {
  /** Undefined when the project is not up; a file that is not a record counts as none. */
  read(): ProjectRecord | undefined;
  /** Replaces the record as a whole. It need not survive a power cut: the processes do not either. */
  write(record: ProjectRecord): void;
  remove(): void;
}

/** The record in `file`. @throws BowspritError `HOME_UNUSABLE` from each method when the disk refuses. */
export function createProjectRecordFile(file: string): ProjectRecordFile {
  return {
    read() {
      try {
        return parseRecord(JSON.parse(readFileSync(file, "utf8")));
      } catch {
        return undefined;
      }
    },
    write(record) {
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(`${file}.tmp`, JSON.stringify(record), { mode: 0o600 });
        renameSync(`${file}.tmp`, file);
      } catch (error) {
        throw unusable(`write ${file}`, error);
      }
    },
    remove() {
      try {
        rmSync(file, { force: true });
      } catch (error) {
        throw unusable(`remove ${file}`, error);
      }
    },
  };
}

function unusable(attempt: string, error: unknown): BowspritError {
  const codes = Object.fromEntries(
    ["EACCES", "EPERM", "ENOENT", "ENOTDIR"].map((errno) => [errno, ErrorCode.HomeUnusable]),
  );
  return fromNodeError(error, { attempt, codes, hint: "Check that the folder can be written." });
}

const states: ReadonlySet<unknown> = new Set<ServiceState>(["starting", "running", "completed", "failed", "stopped"]);

function parseRecord(value: unknown): ProjectRecord | undefined {
  if (!isJsonObject(value)) return undefined;
  const { owner, host, services } = value;
  if (typeof owner !== "string" || !isIdentity(host) || !Array.isArray(services)) return undefined;
  return services.every(isService) ? { owner, host, services } : undefined;
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return isJsonObject(value) && isPid(value["pid"]) && isStart(value["started"]);
}

function isService(value: unknown): value is RecordedService {
  if (!isJsonObject(value)) return false;
  const { name, state, pid, started, restarts } = value;
  const known = typeof name === "string" && states.has(state) && typeof restarts === "number";
  return known && (pid === undefined || isPid(pid)) && isStart(started);
}

function isPid(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 1;
}

function isStart(value: unknown): boolean {
  return value === null || typeof value === "string";
}
