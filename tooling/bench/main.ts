// Runs the benchmarks, or the one that is named; what follows a name is for that one. Each says in its README.md what it measures.
// Usage: node tooling/bench/main.ts [NAME [OPTION]...]
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const programOf = (name: string): string => join(import.meta.dirname, name, "main.ts");
const all = readdirSync(import.meta.dirname).filter((name) => existsSync(programOf(name)));
const [name, ...args] = process.argv.slice(2);

function run(one: string): number {
  console.log(`bench ${one}\n`);
  return spawnSync(process.execPath, [programOf(one), ...args], { stdio: "inherit" }).status ?? 1;
}

if (name !== undefined && !all.includes(name)) {
  console.error(`error: run bench ${name}: there is none of that name\nhint: There are ${all.join(", ")}.`);
  process.exitCode = 2;
} else {
  const failed = (name === undefined ? all : [name]).filter((one) => run(one) !== 0);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
