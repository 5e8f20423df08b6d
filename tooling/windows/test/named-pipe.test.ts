import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundle } from "../bundle.ts";
import { findWine } from "../find-wine.ts";
import { runWindowsNode, toWindowsPath, type WindowsResult } from "../run-windows-node.ts";
import { openPrefix, type WinePrefix } from "../wine-prefix.ts";
import type { Outcome } from "./on-windows/case.ts";
import { cases } from "./on-windows/cases.ts";

const wine = await findWine();
const hello = join(import.meta.dirname, "..", "..", "..", "apps", "hello");

test("Wine is there, or its absence is named: in CI a failure, elsewhere a skip", ({ skip }) => {
  if (wine.available) return;
  const told = `${wine.reason}; to enable the Windows suite: ${wine.enable}`;
  if (process.env["CI"] === "true") throw new Error(told);
  skip(told);
});

describe("under Windows Node", () => {
  let folder: string;
  let prefix: WinePrefix | undefined;
  let run: WindowsResult;

  beforeEach(({ skip }) => skip(!wine.available, wine.available ? undefined : wine.reason));

  beforeAll(async () => {
    if (!wine.available) return;
    folder = await mkdtemp(join(tmpdir(), "bowsprit-windows-test-"));
    const script = join(folder, "cases.mjs");
    await bundle(join(import.meta.dirname, "on-windows", "main.ts"), script);
    prefix = await openPrefix(wine);
    run = await runWindowsNode(prefix, { script, args: [toWindowsPath(hello)], timeoutMs: 60_000 });
  }, 240_000);

  afterAll(async () => {
    await prefix?.[Symbol.asyncDispose]();
    if (wine.available) await rm(folder, { recursive: true, force: true });
  });

  test("it is Windows, and every case was run to its end", () => {
    const outcome = run.result as Outcome | undefined;
    expect(outcome, run.stderr).toMatchObject({ platform: "win32", node: "v22.23.3" });
    expect(Object.keys(outcome?.failures ?? {})).toEqual(cases.map(([name]) => name));
    expect(run.code, run.stderr).toBe(0);
  });

  test.each(cases.map(([name]) => name))("%s", (name) => {
    expect((run.result as Outcome | undefined)?.failures[name]).toBeNull();
  });
});
