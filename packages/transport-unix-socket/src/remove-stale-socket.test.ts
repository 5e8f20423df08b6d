import { once } from "node:events";
import { existsSync } from "node:fs";
import { link, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeStaleSocket } from "./remove-stale-socket.ts";

describe("clearing a socket", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bowsprit-stale-"));
  });
  beforeEach(({ skip }) => skip(process.platform === "win32", "Windows has no socket files"));
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("removes what a dead listener left", async () => {
    const server = createServer().listen(join(folder, "live.sock"));
    await once(server, "listening");
    await link(join(folder, "live.sock"), join(folder, "stale.sock"));
    server.close();
    await once(server, "close");
    expect(await removeStaleSocket(join(folder, "stale.sock"))).toBe(true);
    expect(existsSync(join(folder, "stale.sock"))).toBe(false);
  });

  it("leaves a live listener, a file and an empty place alone", async () => {
    await using server = createServer().listen(join(folder, "live.sock"));
    await once(server, "listening");
    await writeFile(join(folder, "file"), "text");
    for (const name of ["live.sock", "file", "nothing"])
      expect(await removeStaleSocket(join(folder, name))).toBe(false);
    expect(existsSync(join(folder, "live.sock"))).toBe(true);
    expect(existsSync(join(folder, "file"))).toBe(true);
  });
});
