import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import type { LogLine } from "@bowsprit/core";
import { listLogFiles, logFilePath } from "./log-files.ts";

/** Writes the log of one service. A disk that refuses costs lines, never the service: every method resolves. */
export interface LogWriter {
  /** Resolves once the lines are handed to the operating system; waiting for it holds a flood back. */
  append(lines: readonly LogLine[]): Promise<void>;
  close(): Promise<void>;
}

export interface LogWriterOptions {
  readonly folder: string;
  readonly service: string;
  /** Bytes of one file; a new one is begun before it is exceeded, and only the last two stay. */
  readonly maxBytes: number;
}

interface OpenLog {
  readonly handle: FileHandle;
  readonly number: number;
  size: number;
}

/** Lines are joined up to this many characters for one write. */
const batchLength = 64 * 1024;

/** The writer of a service's log; it goes on with the newest file that is there. Nothing is opened before the first line. */
export function createLogWriter(options: LogWriterOptions): LogWriter {
  let log: OpenLog | undefined;
  let last: Promise<void> = Promise.resolve();

  const write = async (batch: string): Promise<void> => {
    const bytes = Buffer.from(batch);
    log ??= await openNewest(options);
    if (log.size > 0 && log.size + bytes.length > options.maxBytes) {
      const { handle, number } = log;
      log = undefined;
      await handle.close();
      log = await openLog(options, number + 1);
      await rm(logFilePath(options.folder, options.service, number - 1), { force: true });
    }
    await log.handle.appendFile(bytes);
    log.size += bytes.length;
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => (last = last.then(work).catch(() => {}));

  return {
    append: (lines) =>
      inTurn(async () => {
        for (const batch of batchesOf(lines)) await write(batch);
      }),
    close: () =>
      inTurn(async () => {
        const open = log;
        log = undefined;
        await open?.handle.close();
      }),
  };
}

async function openNewest(options: LogWriterOptions): Promise<OpenLog> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const files = (await listLogFiles(options.folder)).filter(({ service }) => service === options.service);
  return openLog(options, files.at(-1)?.number ?? 1);
}

async function openLog({ folder, service }: LogWriterOptions, number: number): Promise<OpenLog> {
  const handle = await open(logFilePath(folder, service, number), "a", 0o600);
  return { handle, number, size: (await handle.stat()).size };
}

function* batchesOf(lines: readonly LogLine[]): Generator<string, void, undefined> {
  let batch = "";
  for (const line of lines) {
    batch += `${JSON.stringify(line)}\n`;
    if (batch.length >= batchLength) {
      yield batch;
      batch = "";
    }
  }
  if (batch !== "") yield batch;
}
