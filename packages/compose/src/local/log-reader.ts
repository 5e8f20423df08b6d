import { open } from "node:fs/promises";
import { isJsonObject, type LogLine } from "@bowsprit/core";
import { listLogFiles, type LogFileName } from "./log-files.ts";

/** Reads the logs of a project, whoever writes them. */
export interface LogReader {
  /** What has come since the last call, in order of time; the first call gives all that is kept. */
  read(): Promise<readonly LogLine[]>;
}

/** A reader that begins at the oldest line; without a service it reads all. */
export function createLogReader(folder: string, service: string | undefined): LogReader {
  const positions = new Map<string, { number: number; offset: number }>();

  const readFile = async (file: LogFileName): Promise<readonly LogLine[]> => {
    const position = positions.get(file.service);
    if (position !== undefined && file.number < position.number) return [];
    const offset = position?.number === file.number ? position.offset : 0;
    const bytes = await readFrom(file.path, offset);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    positions.set(file.service, { number: file.number, offset: offset + whole.length });
    return whole.toString("utf8").split("\n").flatMap(parseLine);
  };

  return {
    async read() {
      const parts: (readonly LogLine[])[] = [];
      for (const file of await listLogFiles(folder)) {
        if (service === undefined || service === file.service) parts.push(await readFile(file));
      }
      return parts.flat().sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1));
    },
  };
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return Buffer.alloc(0);
  try {
    const size = (await file.stat()).size - offset;
    if (size <= 0) return Buffer.alloc(0);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

// A crash may tear the last line of a file.
function parseLine(text: string): readonly LogLine[] {
  try {
    const value: unknown = JSON.parse(text);
    return isLogLine(value) ? [value] : [];
  } catch {
    return [];
  }
}

function isLogLine(value: unknown): value is LogLine {
  if (!isJsonObject(value)) return false;
  const { service, stream, time, text } = value;
  const texts = [service, time, text].every((entry) => typeof entry === "string");
  return texts && (stream === "stdout" || stream === "stderr");
}
