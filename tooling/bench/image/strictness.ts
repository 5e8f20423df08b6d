// Which of the structural faults that an image must be refused for (A30–A44) each reader refuses. See README.md.
// Usage: node tooling/bench/image/strictness.ts [--list]. With --list each fault that a reader lets pass.
import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { refusedPieces } from "../../../packages/image/test/tar/refused-pieces.ts";
import { end, header, member } from "../../../packages/image/test/tar/tar-archive.ts";
import { loadReader } from "./readers/load-reader.ts";

type Outcome = "refused" | "read" | "hangs";

const { values } = parseArgs({ options: { list: { type: "boolean", default: false } } });
const rows = [...new Set(refusedPieces.map(({ row }) => row))].toSorted();

/** Some readers throw where nobody can catch it. */
let uncaught = 0;
process.on("uncaughtException", () => (uncaught += 1));
process.on("unhandledRejection", () => (uncaught += 1));

async function ask(file: string, archive: Buffer): Promise<Outcome> {
  const { read } = await loadReader(file);
  const pieces = async function* (): AsyncGenerator<Buffer> {
    yield archive;
  };
  const before = uncaught;
  const outcome = await Promise.race([
    read(pieces()).then(
      () => "read" as const,
      () => "refused" as const,
    ),
    setTimeout(1000, "hangs" as const, { ref: true }),
  ]);
  return outcome === "hangs" && uncaught > before ? "refused" : outcome;
}

function askGnu(archive: Buffer): Outcome {
  const { status } = spawnSync("tar", ["-tf", "-"], { input: archive, stdio: ["pipe", "ignore", "ignore"] });
  return status === 0 ? "read" : "refused";
}

const askers: Readonly<Record<string, (archive: Buffer) => Promise<Outcome> | Outcome>> = {
  bowsprit: async (archive) => ask("bowsprit.ts", archive),
  "GNU tar": askGnu,
  "modern-tar": async (archive) => ask("modern-tar.ts", archive),
  "tar-stream": async (archive) => ask("tar-stream.js", archive),
  "npm tar": async (archive) => ask("npm-tar.ts", archive),
};

console.log(`${"".padEnd(14)}${[...rows, "all", "hangs"].map((row) => row.padStart(7)).join("")}`);
for (const [name, asker] of Object.entries(askers)) {
  const outcomes: (readonly [row: string, what: string, outcome: Outcome])[] = [];
  for (const { row, what, piece } of refusedPieces) {
    const archive = Buffer.concat([member({ name: "good" }, "good"), piece, header({ name: "next" }), end]);
    outcomes.push([row, what, await asker(archive)]);
  }
  const refused = outcomes.filter(([, , outcome]) => outcome === "refused");
  const share = (row: string): string =>
    `${refused.filter(([of]) => of === row).length}/${outcomes.filter(([of]) => of === row).length}`;
  const hangs = outcomes.filter(([, , outcome]) => outcome === "hangs").length;
  const cells = [...rows.map(share), `${refused.length}/${outcomes.length}`, String(hangs)];
  console.log(`${name.padEnd(14)}${cells.map((cell) => cell.padStart(7)).join("")}`);
  if (!values.list) continue;
  for (const [row, what, outcome] of outcomes) if (outcome !== "refused") console.log(`  ${row} ${outcome}: ${what}`);
}
