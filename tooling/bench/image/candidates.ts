import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Answer, Candidate } from "./candidate.ts";

/** GNU's programs, one after the other: the list skips the data by seeking, the digest reads them. */
const gnu: Candidate = {
  name: "GNU tar + sha256sum",
  read: (layers) => ({
    digests: layers.map((layer) => run("sha256sum", [layer]).slice(0, 64)),
    entries: layers.reduce((sum, layer) => sum + run("tar", ["-tf", layer]).split("\n").length - 1, 0),
  }),
};

/**
 * All that are measured, in the order of the table. An engine and its tools are added here: `docker create` and `docker cp`, which start
 * from an image that was loaded, and `skopeo copy` with `umoci unpack`, which write files. Both belong beside an opened image, not beside
 * a reader, and are to be left out with a reason where they are missing.
 */
export const candidates: readonly Candidate[] = [
  node("sha256 alone", "sha256-alone.ts"),
  node("bowsprit tar reader", "bowsprit.ts"),
  gnu,
  node("modern-tar", "modern-tar.ts"),
  node("tar-stream", "tar-stream.js"),
  node("npm tar, Parser", "npm-tar.ts"),
];

/** A reader of `readers` in a process of its own, whose start is counted. */
function node(name: string, file: string): Candidate {
  const program = join(import.meta.dirname, "readers", "read-layers.ts");
  return { name, read: (layers) => JSON.parse(run(process.execPath, [program, file, ...layers])) as Answer };
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${error?.message ?? stderr}`);
  return stdout;
}
