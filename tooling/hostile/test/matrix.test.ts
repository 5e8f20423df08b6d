import { networkInterfaces } from "node:os";
import { connect } from "node:net";
import { readFile, readdir, readlink } from "node:fs/promises";
import { lines, rawRequest } from "@tooling/raw-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matrix } from "../matrix.ts";
import { type Outcome, runMatrix } from "../run-matrix.ts";
import { type ServedPlace, startPlace } from "../start-place.ts";

describe("hostile requests to the running program", () => {
  let served: ServedPlace;
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    served = await startPlace();
    outcomes = await runMatrix(served.place);
  }, 60_000);
  afterAll(() => served[Symbol.asyncDispose]());

  const outcomeOf = (id: string): Outcome => {
    const found = outcomes.find(({ row }) => row.id === id);
    if (found === undefined) throw new Error(`no row ${id}`);
    return found;
  };

  it.each(matrix.map(({ id, what }) => [id, what]))("%s %s", (id) => {
    const { row, status, text, isRed } = outcomeOf(id);
    expect({ isRed, status, text }).toEqual({
      isRed: false,
      status: expect.toSatisfy((s: number) => row.statuses.includes(s)),
      text,
    });
  });

  it("H15 no answer allows another origin anything", () => {
    for (const { row, text } of outcomes) expect(text.toLowerCase(), row.id).not.toContain("access-control-");
  });

  it("H19, H20 every answer says that it is no one else's resource, and whose frame it may be in", async () => {
    const { port, dashboard, one } = served.place;
    const get = (path: string, host: string, cookie: string) =>
      rawRequest(port, lines(`GET ${path} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`));
    const answers = {
      dashboard: await get("/", dashboard.host, dashboard.cookie),
      list: await get("/api/extensions", dashboard.host, dashboard.cookie),
      page: await get("/index.html", one.host, one.cookie),
    };
    for (const [name, { status, headers }] of Object.entries(answers)) {
      expect(status, name).toBe(200);
      expect(headers, name).toMatchObject({
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      });
    }
    expect(answers.dashboard.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(answers.list.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(answers.page.headers["content-security-policy"]).toBe(`frame-ancestors 'self' http://${dashboard.host}`);
  });

  it("H34 what is there outside the page is not told from what is not", () => {
    const bodies = outcomes.filter(({ row, status }) => row.id.startsWith("H34") && status === 404);
    expect(bodies.length).toBeGreaterThan(2);
    const plain = new Set(bodies.map(({ text }) => text.replace(/\r\ndate: .*/iu, "")));
    expect(plain.size).toBe(1);
  });

  it("H51 it listens on loopback addresses alone, and another address of this computer refuses", async ({ skip }) => {
    skip(process.platform !== "linux", "needs /proc, as on Linux");
    const listeners = await listenersOf(served.pid);
    expect(new Set(listeners)).toEqual(
      new Set(["0100007F", "00000000000000000000000001000000"].filter((address) => listeners.includes(address))),
    );
    expect(listeners).toContain("0100007F");
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each?.internal === false && each.family === "IPv4");
    for (const other of others) expect(await refuses(served.place.port, other?.address ?? "")).toBe(true);
  });

  it("H52 no refusal tells a path, a user, a stack or a version", () => {
    for (const { row, text } of outcomes) {
      expect(text, row.id).not.toMatch(/\/(?:home|root|tmp|usr|var)\/|node_modules|\n\s+at |Node\.js|v\d+\.\d+\.\d+/u);
      expect(text, row.id).not.toContain(served.home);
    }
  });
});

async function listenersOf(pid: number): Promise<readonly string[]> {
  const targets = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")),
  );
  const inodes = new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []));
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/${pid}/net/${name}`, "utf8").catch(() => "")),
  );
  const rows = tables.flatMap((table) => table.split("\n").slice(1)).map((line) => line.trim().split(/\s+/u));
  return rows.flatMap(([, local = "", , state, , , , , , inode = ""]) =>
    state === "0A" && inodes.has(inode) ? [local.split(":")[0] ?? ""] : [],
  );
}

function refuses(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", () => resolve(true));
  });
}
