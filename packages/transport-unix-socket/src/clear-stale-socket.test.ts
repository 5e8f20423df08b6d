import { renameSync } from "node:fs";
import { link, readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { leaveStale, listenRaw } from "../test/listen-raw.ts";
import { useScratch } from "../test/scratch.ts";
import { clearStaleSocket } from "./clear-stale-socket.ts";
import { createUnixSocketTransport } from "./index.ts";

const scratch = useScratch();
const hasProc = process.platform === "linux";

it("gives the name back when somebody began to listen there after the dead one was judged", async () => {
  const path = `${scratch.folder}/a.sock`;
  await leaveStale(path);
  const accepted = await listenRaw(scratch, `${scratch.folder}/live.sock`);
  await link(`${scratch.folder}/live.sock`, `${scratch.folder}/live.also`);
  let looks = 0;
  const options = {
    hasProc,
    attempt: "listen",
    // Asked for between the judgement and the removal.
    get aside() {
      if (looks++ === 0) renameSync(`${scratch.folder}/live.also`, path);
      return `${scratch.folder}/aside`;
    },
  };
  await expect(clearStaleSocket(path, options)).rejects.toMatchObject({ code: "ENDPOINT_IN_USE" });
  expect((await readdir(scratch.folder)).toSorted()).toEqual(["a.sock", "live.sock"]);
  (await createUnixSocketTransport().connect({ scheme: "unix", path })).destroy();
  await expect.poll(() => accepted.length).toBe(1);
});
