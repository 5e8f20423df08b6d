import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { writeExtension } from "./fresh-extension.ts";
import { filesBelow, useWorkplace } from "./workplace.ts";

const id = "fresh-extension";

describe.each([{ daemon: false }, { daemon: true }])(
  "company and interruption, beside a daemon: $daemon",
  ({ daemon }) => {
    const workplace = useWorkplace({ daemon });
    /** How a command ends that gets a signal while it waits for an answer that never comes. */
    const endWaiting = async (signal: "SIGINT" | "SIGKILL"): ReturnType<typeof workplace.run> => {
      let end = (): unknown => undefined;
      const running = workplace.run(["request", id, "GET", "/slow"], {
        started: (child) => (end = () => child.kill(signal)),
      });
      await until(async () => (await printed(workplace.home)).includes("slow was asked for"));
      end();
      return running;
    };
    const install = async (): Promise<void> => {
      expect((await workplace.run(["install", await writeExtension(workplace.folder), "-y"])).code).toBe(0);
    };

    it("a backend that dies during a request gives a clear error, not a hang", async () => {
      await install();
      const { code, stderr } = await workplace.run(["request", id, "GET", "/die"]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: .+\n/u);
      expect((await workplace.run(["request", id, "GET", "/echo"])).code).toBe(0);
    });

    it("two commands at once on one home both succeed, or one says that it is locked", async () => {
      await install();
      const calls = [1, 2, 3].map((call) => workplace.run(["request", "--json", id, "GET", `/echo/${call}`]));
      const listing = workplace.run(["ls"]);
      const ended = await Promise.all(calls);
      expect((await listing).code).toBe(0);
      for (const { code, stderr } of ended) expect(code === 0 || stderr.includes("holds it")).toBe(true);
      expect(ended.filter(({ code }) => code === 0).length).toBeGreaterThanOrEqual(2);
    });

    it("two installs at once of different extensions lose neither", async () => {
      const folders = await Promise.all(["one", "two"].map((name) => writeExtension(workplace.folder, { name })));
      const ended = await Promise.all(folders.map((folder) => workplace.run(["install", folder, "-y"])));
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      const { stdout } = await workplace.run(["ls", "--json"]);
      expect(JSON.parse(stdout.toString()).map((extension: { id: string }) => extension.id)).toEqual(["one", "two"]);
    });

    it("a reader that goes away early ends the program quietly, and its backend with it", async () => {
      await install();
      for (const args of [
        ["ls", "--json"],
        ["request", id, "GET", "/bytes/50000000"],
      ]) {
        const { stderr } = await workplace.run(args, { started: (child) => child.stdout?.destroy() });
        expect(stderr, args[0]).toBe("");
      }
    });

    it("a body that cannot be read is an error before anything is sent", async () => {
      await install();
      for (const path of [workplace.folder, join(workplace.folder, "missing")]) {
        const { code, stderr } = await workplace.run(["request", id, "POST", "/echo", "--data", `@${path}`]);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^error: read --data @.+\n/u);
      }
    });

    it("told to end while a request waits, it stops the backend and says which signal it was", async () => {
      await install();
      expect((await endWaiting("SIGINT")).code).toBe(128 + 2);
    });

    it("killed outright, it leaves a home that the next command can use", async () => {
      await install();
      await endWaiting("SIGKILL");
      expect((await workplace.run(["request", id, "GET", "/echo"])).code).toBe(0);
      expect((await workplace.run(["rm", id])).code).toBe(0);
    });
  },
);

/** All that the backends of a home have printed. */
async function printed(home: string): Promise<string> {
  const logs = join(home, "logs");
  const files = (await filesBelow(logs)).map((name) => readFile(join(logs, name), "utf8").catch(() => ""));
  return (await Promise.all(files)).join("");
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 8000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("it did not come to be within 8 seconds");
    await delay(20);
  }
}
