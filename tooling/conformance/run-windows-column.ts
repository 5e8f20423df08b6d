import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConformanceReport } from "@bowsprit/transport/conformance";
import { bundle, findWine, openPrefix, runWindowsNode } from "@tooling/windows";

/** Runs the named pipe's column by a real Windows build of Node; undefined where none can run. */
export async function runWindowsColumn(): Promise<ConformanceReport | undefined> {
  const wine = await findWine();
  if (!wine.available) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-conformance-"));
  try {
    const script = join(folder, "conformance.mjs");
    await bundle(join(import.meta.dirname, "on-windows", "main.ts"), script);
    await using prefix = await openPrefix(wine);
    const run = await runWindowsNode(prefix, { script, timeoutMs: 240_000 });
    if (run.result === undefined) throw new Error(`the Windows run ended with ${run.code}: ${run.stderr}`);
    return run.result as ConformanceReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
