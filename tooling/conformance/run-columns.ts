import { type ConformanceReport, runConformance } from "@bowsprit/transport/conformance";
import { memorySubject } from "./columns/memory-subject.ts";
import { openStdioSubject } from "./columns/stdio-subject.ts";
import { openUnixSocketSubject } from "./columns/unix-socket-subject.ts";
import { runWindowsColumn } from "./run-windows-column.ts";

/** No machine that this is built on has it: its limit on paths and its lack of `/proc` are tested as logic alone. */
const macos: ConformanceReport = notRun("Unix socket (darwin)", "darwin");

/** Runs every column. The Windows one needs Wine, and runs beside the others; the last one cannot run here, and says so. */
export async function runColumns(): Promise<readonly ConformanceReport[]> {
  const [[memory, unixSocket, stdio], namedPipe] = await Promise.all([runHere(), runWindowsColumn()]);
  return [memory, unixSocket, namedPipe ?? notRun("named pipe (win32)", "win32"), stdio, macos];
}

/** One after the other: they count what this process holds. */
async function runHere(): Promise<readonly [ConformanceReport, ConformanceReport, ConformanceReport]> {
  const memory = await runConformance(memorySubject());
  await using unix = await openUnixSocketSubject();
  const unixSocket = await runConformance(unix);
  await using program = await openStdioSubject();
  return [memory, unixSocket, await runConformance(program)];
}

function notRun(name: string, platform: string): ConformanceReport {
  return { name, platform, node: "", verdicts: {} };
}
