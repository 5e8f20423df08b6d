import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tcpListeners } from "../tcp-listeners.ts";

const demoHomes = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("bowsprit-demo-"));

async function untilReady(child: ChildProcess, output: string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output.push(chunk.toString());
      if (/^ready http:/mu.test(output.join(""))) resolve();
    });
  }
  child.once("close", (code) => reject(new Error(`it ended with ${code}: ${output.join("")}`)));
  await promise;
}

it("walks the main flow, stays up with a page, and ends all of it when it is told to", async ({ skip }) => {
  skip(process.platform !== "linux", "needs /proc, as on Linux");
  const before = await demoHomes();
  const child = spawn(process.execPath, [join(import.meta.dirname, "../main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  await untilReady(child, output);
  const text = output.join("");
  for (const method of ["GET", "POST", "PUT", "PATCH", "HEAD", "DELETE"])
    expect(text).toMatch(new RegExp(`^ok {2}${method} through the socket: 200 `, "mu"));
  expect(text).toContain("$(not run)");
  expect(text).toMatch(/^ok {2}no TCP port opened by the backend: looked up for 1 process group/mu);
  expect(text).toMatch(
    /^ok {2}open the page in the way of a browser: its own origin http:\/\/[0-9a-f]{32}\.bowsprit\.localhost:/mu,
  );
  expect(text).toMatch(/^ready http:\/\/bowsprit\.localhost:\d+\/\?token=[\w-]+\n$/mu);
  const begun = performance.now();
  child.kill("SIGINT");
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(code, output.join("")).toBe(0);
  // Promised: two seconds, on a computer that does nothing else.
  expect(performance.now() - begun).toBeLessThan(4000);
  expect(await demoHomes()).toEqual(before);
}, 60_000);

it("sees a TCP port where one is opened: the look-up is not blind", async ({ skip }) => {
  skip(process.platform !== "linux", "needs /proc, as on Linux");
  const script = "require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('listening'))";
  const child = spawn(process.execPath, ["-e", script], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  expect(await tcpListeners([child.pid ?? 0])).toEqual([expect.stringMatching(/^0100007F:[0-9A-F]{4}$/u)]);
  child.kill();
  await once(child, "close");
  await expect(tcpListeners([child.pid ?? 0])).rejects.toThrow("is alive");
});
