import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";

const program = join(import.meta.dirname, "../../../packages/cli/dist/bin.js");
const isHere = process.platform === "linux" && process.arch === "x64";

function run(alias: string, args: readonly string[]) {
  const node = join(import.meta.dirname, "../node_modules", alias, "bin/node");
  return spawnSync(node, [program, ...args], { encoding: "utf8", env: { HOME: import.meta.dirname } });
}

describe("the built command line", () => {
  beforeEach(({ skip }) => skip(!isHere, "the two old Nodes of this test are programs for Linux on x64"));

  it("says in one line that a Node before 22.19 is too old", () => {
    const { status, stdout, stderr } = run("node-22.18", ["ls"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe("error: start bowsprit: Node 22.18.0 is too old, it needs 22.19 or newer\n");
  });

  it("runs on Node 22.19, the oldest it promises", () => {
    const { status, stdout, stderr } = run("node-22.19", [
      "--home",
      join(import.meta.dirname, "no-home"),
      "ls",
      "--json",
    ]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
  });
});
