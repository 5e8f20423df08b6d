import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dialPipe } from "./dial-pipe.ts";
import { listenPipe } from "./listen-pipe.ts";

// Away from Windows the path is a socket file, which behaves alike here.
const address = { scheme: "npipe", name: "reset" } as const;
const attempt = "reset";
/** More than the buffers of both sides hold: what is left in them makes a close a reset. */
const flood = Buffer.alloc(4 * 1024 * 1024);
const closed = (stream: Duplex): Promise<void> => new Promise((resolve) => void stream.once("close", () => resolve()));

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bowsprit-pipe-"));
  path = process.platform === "win32" ? `\\\\.\\pipe\\bowsprit-reset-${process.pid}` : join(folder, "pipe");
});
afterEach(() => rm(folder, { recursive: true }));

test("a caller that goes away does not end the process of a listener that hears no errors", async () => {
  const accepted = Promise.withResolvers<Duplex>();
  await using listener = await listenPipe({ path, attempt, address, accept: accepted.resolve });
  const caller = await dialPipe({ path, attempt });
  const stream = await accepted.promise;
  stream.write(flood);
  caller.destroy();
  await closed(stream);
  expect(stream.errored).not.toBeNull();
  await listener.close();
});

test("a listener that goes away does not end the process of a caller that hears no errors", async () => {
  const accepted = Promise.withResolvers<Duplex>();
  await using listener = await listenPipe({ path, attempt, address, accept: accepted.resolve });
  const caller = await dialPipe({ path, attempt });
  const stream = await accepted.promise;
  caller.write(flood);
  stream.destroy();
  await closed(caller);
  expect(caller.errored).not.toBeNull();
  await listener.close();
});
