import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packPackages } from "../pack-packages.ts";
import { run } from "../run.ts";

const workspace = join(import.meta.dirname, "../../..");
const readme = readFileSync(join(workspace, "packages/transport/README.md"), "utf8");
const [, example = ""] = /```ts\n(.*?)```/su.exec(readme) ?? [];
const names = ["@bowsprit/core", "@bowsprit/transport", "@bowsprit/transport-unix-socket"];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bowsprit-stranger-"));
  const tarballs = packPackages(workspace, join(folder, "tarballs"), names);
  const dependencies = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  mkdirSync(join(folder, "app"));
  const manifest = { private: true, type: "module", dependencies, overrides: dependencies };
  writeFileSync(join(folder, "app", "package.json"), JSON.stringify(manifest));
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];
  run("npm", ["install", ...flags], { cwd: join(folder, "app") });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a stranger serves and calls over a Unix socket with the first lines of the README", () => {
  expect(example.trim().split("\n").length).toBeLessThan(20);
  const path = join(folder, "sockets", "hello.sock");
  writeFileSync(join(folder, "app", "main.ts"), example.replace("/tmp/my-app/hello.sock", path));
  expect(run(process.execPath, ["main.ts"], { cwd: join(folder, "app") })).toBe("200 ahoy from /deck\n");
});

test("a stranger proves a transport of his own in any test framework", { timeout: 120_000 }, () => {
  const [, suite = ""] = /### Prove a transport.*?```ts\n(.*?)```/su.exec(readme) ?? [];
  writeFileSync(join(folder, "app", "create-my-transport.js"), ownTransport);
  writeFileSync(join(folder, "app", "suite.ts"), suite);
  const output = run(process.execPath, ["--test-reporter=tap", "suite.ts"], { cwd: join(folder, "app") });
  expect(output).toMatch(/^# fail 0$/mu);
  expect(Number(/^# pass (\d+)$/mu.exec(output)?.[1])).toBeGreaterThan(40);
});

const ownTransport = `
import { createMemoryTransport } from "@bowsprit/transport/memory";
export const createMyTransport = createMemoryTransport;
`;
