import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * One file of a service's log: `<service>.<number>.jsonl`, a `LogLine` as JSON on each line. The number grows with each file, and a file
 * that has a successor is complete.
 */
export interface LogFileName {
  readonly service: string;
  readonly number: number;
  readonly path: string;
}

/** The path of that file. */
export function logFilePath(folder: string, service: string, number: number): string {
  return join(folder, `${service}.${number}.jsonl`);
}

/** The log files of a folder, each service's in their order; empty when there is no such folder. */
export async function listLogFiles(folder: string): Promise<readonly LogFileName[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const [, service, number] = /^(.+)\.(\d{1,15})\.jsonl$/su.exec(name) ?? [];
      return service === undefined ? [] : [{ service, number: Number(number), path: join(folder, name) }];
    })
    .sort((a, b) => a.number - b.number);
}
