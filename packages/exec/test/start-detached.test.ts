import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startDetached } from "../src/index.ts";
import { createWorkshop, node } from "./workshop.ts";

test("what it starts leads a session of its own and writes both outputs behind what the file holds", async ({
  skip,
}) => {
  skip(process.platform !== "linux", "needs /proc, as on Linux");
  await using workshop = await createWorkshop();
  const logFile = join(workshop.folder, "log");
  const script =
    'const { readFileSync } = require("node:fs"); console.error("err"); console.log(process.env.OWN, process.cwd(), readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ").slice(2, 4).join(" "), process.pid)';
  const started = async (): Promise<number> => {
    const { pid, ended } = await startDetached({
      argv: [node, "-e", script],
      cwd: workshop.folder,
      env: { OWN: "yes" },
      logFile,
    });
    await ended;
    return pid;
  };
  const [first, second] = [await started(), await started()];
  const line = (pid: number): string => `yes ${workshop.folder} ${pid} ${pid} ${pid}`;
  expect((await readFile(logFile, "utf8")).trim().split("\n").toSorted()).toEqual(
    ["err", "err", line(first), line(second)].toSorted(),
  );
  expect((await stat(logFile)).mode & 0o777).toBe(0o600);
});

test.each([
  ["no such program", { argv: ["/no/such/program"] as const }, "EXECUTABLE_NOT_FOUND"],
  ["a relative program", { argv: ["node"] as const }, "INVALID_ARGUMENT"],
  ["a file that cannot be written", { logFile: "/no/such/folder/log" }, "HOME_UNUSABLE"],
])("%s is an error, and nothing runs", async (_, changed, code) => {
  await using workshop = await createWorkshop();
  const good = {
    argv: [node, "-e", "0"] as const,
    cwd: workshop.folder,
    env: {},
    logFile: join(workshop.folder, "log"),
  };
  await expect(startDetached({ ...good, ...changed })).rejects.toMatchObject({ code });
});
