import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tcpListeners } from "../tcp-listeners.ts";

it("walks the main flow and says what it checked", async ({ skip }) => {
  skip(process.platform !== "linux", "needs /proc, as on Linux");
  const child = spawn(process.execPath, [join(import.meta.dirname, "../main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const [code] = await once(child, "close");
  const text = output.join("");
  expect(code, text).toBe(0);
  for (const method of ["GET", "POST", "PUT", "PATCH", "HEAD", "DELETE"])
    expect(text).toMatch(new RegExp(`^ok {2}${method} through the socket: 200 `, "mu"));
  expect(text).toContain("$(not run)");
  expect(text).toMatch(/^ok {2}no TCP port opened by the backend: looked up for 1 process group/mu);
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
