import { once } from "node:events";
import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createHost, type Host } from "@bowsprit/sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openGateway } from "../src/index.ts";

let folder = "";
let host: Host;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-gateway-")));
  host = createHost({ home: join(folder, "home") });
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("files that are not there are an error that names them, and nothing listens", async () => {
  await writeFile(join(folder, "file"), "");
  const urlOf = (name: string): URL => pathToFileURL(join(folder, name));
  for (const [options, path] of [
    [{ dashboard: urlOf("none/") }, "none"],
    [{ dashboard: urlOf("file") }, "file"],
    [{ clientScript: urlOf("none.js") }, "none.js"],
    [{ clientScript: urlOf("") }, ""],
  ] as const) {
    await expect(openGateway({ host, port: 0, ...options }), path).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringContaining(join(folder, path)),
      hint: expect.any(String),
    });
  }
  await expect(openGateway({ host, clientScript: new URL("http://x/") })).rejects.toThrow(TypeError);
  expect(await readdir(folder)).toEqual(["file"]);
});

test("a home in which the port cannot be kept is an error that says so, and nothing listens", async () => {
  await writeFile(join(folder, "file"), "");
  await using nowhere = createHost({ home: join(folder, "file", "home") });
  const port = await listenOnce(0);
  await expect(openGateway({ host: nowhere, port })).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
  expect(await listenOnce(port)).toBe(port);
});

/** Listens on a port for a moment and answers with it. */
async function listenOnce(port: number): Promise<number> {
  await using listener = createServer().listen(port, "127.0.0.1");
  await once(listener, "listening");
  return (listener.address() as AddressInfo).port;
}
