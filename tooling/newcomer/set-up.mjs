// All that a fresh clone needs before its first command. Plain JavaScript, since Node 18 must be able to run it.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the workspace. */
export const workspace = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const bin = join(workspace, "node_modules", ".bin");
const stamps = join(workspace, "node_modules", ".cache", "bowsprit");
const windows = process.platform === "win32";

/** The workspace's own Node 24, which the installation brings. */
export const node = join(workspace, "node_modules", "node", "bin", windows ? "node.exe" : "node");

/** The environment of everything that runs here: the workspace's own Node and tools come first. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};

/** Installs and builds what is not installed and built yet; says so on stderr, and says nothing when there is nothing to do. */
export function setUp() {
  const lock = createHash("sha256")
    .update(readFileSync(join(workspace, "pnpm-lock.yaml")))
    .digest("hex");
  if (readStamp("installed") !== lock || !nodeWorks()) {
    pnpm("installing", ["install", "--frozen-lockfile"]);
    writeStamp("installed", lock);
  }
  const newest = String(newestSource());
  if (readStamp("built") !== newest || !readdirSync(join(workspace, "packages")).every(isBuilt)) {
    pnpm("building", ["exec", "turbo", "run", "build", "--output-logs=errors-only", "--ui=stream"]);
    writeStamp("built", newest);
  }
}

/** Runs a program with our own streams, hands on signals, and ends this process as it ended. */
export function runInPlace(command, args, options = {}) {
  const child = spawn(command, args, { stdio: "inherit", env: environment, cwd: workspace, ...options });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => child.kill(name));
  child.on("error", (reason) => fail(`start ${command}: ${reason.message}`));
  child.on("close", (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

/** Runs a step whose output is for a person, and ends this process when it fails. */
export function runStep(command, args) {
  const { status, signal, error } = spawnSync(command, args, {
    // stdout may belong to the command that the user typed.
    stdio: ["ignore", 2, 2],
    cwd: workspace,
    env: environment,
    shell: windows && command === "npx",
  });
  if (status === 0) return;
  fail(`run ${[command, ...args].join(" ")}: ${error?.message ?? signal ?? `exit ${status}`}`);
}

function pnpm(what, args) {
  const { version } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8")).devEngines.packageManager;
  process.stderr.write(`${what} with pnpm ${version} (only when something changed) …\n`);
  runStep("npx", ["-y", `pnpm@${version}`, ...args]);
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

function nodeWorks() {
  return spawnSync(node, ["--version"]).status === 0;
}

function isBuilt(folder) {
  const parent = join(workspace, "packages", folder);
  return statIfAny(join(parent, "package.json")) === undefined || statIfAny(join(parent, "dist")) !== undefined;
}

/** The newest modification of what a build reads. A folder's own time shows that a file was removed. */
function newestSource() {
  const packages = join(workspace, "packages");
  const places = readdirSync(packages).flatMap((name) =>
    ["src", "package.json", "tsconfig.json", "tsdown.config.ts"].map((entry) => join(packages, name, entry)),
  );
  places.push(...["build", "tsconfig"].map((name) => join(workspace, "tooling", name)), join(workspace, "turbo.json"));
  return Math.max(...places.map(newestIn));
}

function newestIn(path) {
  const stat = statIfAny(path);
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== "node_modules" && !name.startsWith("."));
  return Math.max(stat.mtimeMs, ...inside.map((name) => newestIn(join(path, name))));
}

function statIfAny(path) {
  return statSync(path, { throwIfNoEntry: false });
}

function readStamp(name) {
  return statIfAny(join(stamps, name)) && readFileSync(join(stamps, name), "utf8");
}

function writeStamp(name, content) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), content);
}
