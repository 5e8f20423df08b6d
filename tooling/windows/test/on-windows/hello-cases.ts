import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { ErrorCode } from "@bowsprit/core";
import type { Case } from "./case.ts";
import { expectCode } from "./expect-code.ts";
import { type HelloBackend, helloFolder, startHello } from "./hello-backend.ts";

const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const period = Uint8Array.from({ length: 251 }, (_, index) => index);
const pattern = (length: number): Uint8Array => Buffer.alloc(length, period);
const size = 8 * 1024 * 1024;

/** One backend for all cases, since each start costs a third of a second; the case that kills it is the last to use it. */
let running: Promise<HelloBackend> | undefined;
const theBackend = async (): Promise<HelloBackend> => (running ??= startHello());

function verbCase(method: string): Case {
  return [
    `${method} reaches the backend and is answered`,
    async () => {
      const hello = await theBackend();
      const body = method === "GET" || method === "HEAD" ? {} : { body: `${method} on a pipe` };
      const answer = await hello.client.request({ method, path: "/echo/x?y=z", headers: { "x-test": "yes" }, ...body });
      assert.equal(answer.status, 200);
      if (method === "HEAD") {
        assert.equal(await answer.text(), "");
        return;
      }
      const { headers, ...echoed } = (await answer.json()) as { headers: Record<string, string> };
      assert.equal(headers["x-test"], "yes");
      const sent = body.body ?? "";
      assert.deepEqual(echoed, { method, path: "/echo/x?y=z", bytes: sent.length, sha256: sha256(sent) });
    },
  ];
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

/** Runs hello-host.cmd as `cmd.exe` wants it: every argument in quotes, the whole line in quotes again. */
function runExecutable(args: readonly string[]): { status: number | null; lines: readonly string[] } {
  const line = [join(helloFolder, "host", "hello-host.cmd"), ...args].map((arg) => `"${arg}"`).join(" ");
  const { status, stdout } = spawnSync("cmd.exe", ["/d", "/s", "/c", `"${line}"`], {
    windowsVerbatimArguments: true,
    encoding: "utf8",
  });
  return { status, lines: stdout.split("\r\n").slice(0, -1) };
}

export const helloCases: readonly Case[] = [
  [
    "the backend runs as a Windows process",
    async () => {
      const hello = await theBackend();
      const greeting = (await (await hello.client.request({ method: "GET", path: "/hello" })).json()) as object;
      assert.partialDeepStrictEqual(greeting, {
        message: "Hello from the backend",
        platform: "win32",
        pid: hello.child.pid,
      });
    },
  ],
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].map((method) => verbCase(method)),
  [
    "an upload of 8 MiB arrives byte by byte",
    async () => {
      const hello = await theBackend();
      const bytes = pattern(size);
      for (const body of [bytes, slices(bytes)]) {
        const answer = await hello.client.request({ method: "POST", path: "/echo", body });
        assert.partialDeepStrictEqual(await answer.json(), { bytes: size, sha256: sha256(bytes) });
      }
    },
  ],
  [
    "a download of 8 MiB arrives byte by byte",
    async () => {
      const hello = await theBackend();
      const answer = await hello.client.request({ method: "GET", path: `/bytes/${size}` });
      assert.equal(sha256(await answer.bytes()), sha256(pattern(size)));
    },
  ],
  [
    "status 418 is an answer, not an error",
    async () => {
      const hello = await theBackend();
      assert.equal((await hello.client.request({ method: "GET", path: "/status/418" })).status, 418);
    },
  ],
  [
    "a backend that dies in the middle of an answer never looks like an end, and is then unreachable",
    async () => {
      await using hello = await theBackend();
      const { body } = await hello.client.request({ method: "GET", path: "/bytes/999999999999" });
      const gone = once(hello.child, "exit");
      const read = async (): Promise<void> => {
        for await (const _ of body) hello.child.kill();
      };
      await expectCode(read(), ErrorCode.ConnectionLost);
      await gone;
      await expectCode(hello.client.request({ method: "GET", path: "/hello" }), ErrorCode.EndpointUnreachable);
    },
  ],
  [
    "hello-host.cmd prints its arguments as they came",
    async () => {
      const args = ["two words", "$(not run)", "a&b|c", "<x>", "", "^", "a=b,c;d", "%PATH"];
      const { status, lines } = runExecutable(args);
      assert.match(lines[0] ?? "", /^hello-host on Windows/u);
      assert.deepEqual([status, lines.slice(1)], [0, args.map((arg, index) => `arg[${index + 1}]=<${arg}>`)]);
    },
  ],
  [
    "hello-host.cmd ends with the number after --exit, and refuses what is none",
    async () => {
      assert.equal(runExecutable(["--exit", "42", "more"]).status, 42);
      assert.equal(runExecutable(["--exit", "zz"]).status, 2);
    },
  ],
];
