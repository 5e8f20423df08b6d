import { connect } from "node:net";
import { join } from "node:path";
import { agreementTo, ErrorCode, type ExtensionDetails, type ExtensionId } from "@bowsprit/sdk";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { type DaemonLink, openDaemonLink } from "../src/daemon-link.ts";
import { encodeFrame } from "../src/frames.ts";
import type { DaemonStatus } from "../src/index.ts";
import { type Daemon, openDaemon } from "./daemon.ts";
import { readToEnd } from "./socket-pair.ts";
import { writeExtension } from "./write-extension.ts";

// Each case starts programs, on a machine that may be busy with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("a link to a daemon", () => {
  let daemon: Daemon;
  beforeEach(async () => void (daemon = await openDaemon()));
  afterEach(() => daemon[Symbol.asyncDispose]());

  const openLink = async (): Promise<DaemonLink> => {
    const link = await openDaemonLink(daemon.home);
    if (link === undefined) throw new Error("no daemon answers");
    return link;
  };

  it("tells a daemon's status and stops it, by the messages that the command line uses", async () => {
    const link = await openLink();
    const { pid, since } = daemon.server.record;
    const status = { pid, since, version: "1.2.3", origin: "http://o", link: "http://o/?token=t" };
    const told = await link.call("status", {});
    expectTypeOf(told).toEqualTypeOf<DaemonStatus>();
    expect(told).toEqual(status);
    expect(await link.call("stop", {})).toEqual({});
    await daemon.stopped;
    await link[Symbol.asyncDispose]();
  });

  it("makes one connection for all its messages, leaves none behind, and makes none once it is disposed", async () => {
    const connections = (): number => process.getActiveResourcesInfo().filter((name) => name === "PipeWrap").length;
    const before = connections();
    const link = await openLink();
    await Promise.all([link.call("status", {}), link.call("status", {}), link.call("status", {})]);
    // Both ends of one for HTTP and of one for messages are of this process.
    expect(connections()).toBe(before + 4);
    const late = link.call("status", {});
    await link[Symbol.asyncDispose]();
    await late.catch(() => undefined);
    await expect(link.call("status", {})).rejects.toMatchObject({ code: ErrorCode.Aborted });
    await vi.waitFor(() => expect(connections()).toBe(before));
  });

  it("may agree by the digest of a report alone", async () => {
    await using link = await openLink();
    const source = await writeExtension(daemon.folder, "one");
    const examined = await link.ask("examine", { source });
    const agreement = agreementTo(examined.report);
    // @ts-expect-error: an install needs a yes
    await expect(link.call("install", { source })).rejects.toMatchObject({ code: ErrorCode.InvalidArgument });
    const installed = await link.call("install", { source, agreement });
    expectTypeOf(installed).toEqualTypeOf<{ readonly id: ExtensionId }>();
    expect(installed).toEqual({ id: "one" });
    expectTypeOf(await link.ask("get", { id: "one" })).toEqualTypeOf<ExtensionDetails>();
    // @ts-expect-error: there is no such verb
    await expect(link.call("nothing", {})).rejects.toMatchObject({ code: ErrorCode.Unsupported });
  });

  it("does nothing for, and says nothing to, who has not proved that he knows the secret", async () => {
    await daemon.direct.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    let isStopped = false;
    void daemon.stopped.then(() => (isStopped = true));
    const hello = Buffer.from(`bowsprit-proof/1 ${"n".repeat(43)}\n`);
    const proof = Buffer.from(`messages ${"m".repeat(43)}\n`);
    const calls = [
      encodeFrame("call", { id: 1, verb: "remove", input: { id: "one" } }),
      encodeFrame("call", { id: 2, verb: "stop", input: {} }),
    ];
    const http = Buffer.from("DELETE /extensions/one HTTP/1.1\r\nHost: x\r\n\r\n\f");
    for (const frames of [calls, [hello, ...calls], [hello, proof, ...calls], [http], [hello, http]]) {
      const socket = connect(join(daemon.home, "daemon", "control.sock")).on("error", () => {});
      socket.end(Buffer.concat(frames));
      // The daemon proves itself first, to anybody; that is all.
      expect(await readToEnd(socket)).toMatch(/^(?:[\w-]{43} [\w-]{43}\n)?$/u);
    }
    expect(isStopped).toBe(false);
    expect(await daemon.direct.list()).toMatchObject([{ id: "one" }]);
  });

  it("answers what is no request of ours with an error", async () => {
    await using link = await openLink();
    const ask = async (method: string, path: string, body?: string): Promise<unknown> => {
      const answer = await link.http.request({ method, path, ...(body !== undefined && { body }) });
      return answer.json();
    };
    expect(await ask("GET", "/nothing")).toMatchObject({ error: { code: ErrorCode.Unsupported } });
    for (const body of ["[1]", "{", '{"source":"/a","source":"/b"}', '{"source":1}', undefined])
      expect(await ask("POST", "/examinations", body), body).toMatchObject({
        error: { code: ErrorCode.InvalidArgument },
      });
  });

  it("acts on what the path of a request names, whatever its body says", async () => {
    await using link = await openLink();
    for (const name of ["one", "two"])
      await daemon.direct.install(await writeExtension(daemon.folder, name), { consent: "granted" });
    const body = JSON.stringify({ id: "two" });
    const answer = await link.http.request({ method: "DELETE", path: "/extensions/one", body });
    expect(await answer.json()).toEqual({});
    expect(await daemon.direct.list()).toMatchObject([{ id: "two" }]);
  });
});
