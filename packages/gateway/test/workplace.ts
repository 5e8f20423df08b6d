import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHost, type Host } from "@bowsprit/sdk";
import { afterAll, beforeAll } from "vitest";
import { type Gateway, openGateway } from "../src/index.ts";
import { lines, type RawAnswer, rawRequest } from "@tooling/raw-http";
import { writeExtension } from "./write-extension.ts";

/** A site with a session, spoken to over raw sockets. */
export interface Visitor {
  readonly host: string;
  readonly origin: string;
  readonly cookie: string;
  get(path: string, fields?: readonly string[]): Promise<RawAnswer>;
  post(path: string, body: string, fields?: readonly string[]): Promise<RawAnswer>;
}

/** A gateway with two extensions, `one` and `two`, and somebody signed in everywhere. */
export interface Workplace {
  readonly host: Host;
  readonly gateway: Gateway;
  readonly folder: string;
  readonly dashboard: Visitor;
  readonly one: Visitor;
  readonly two: Visitor;
}

/** Opens one for all cases of a file, and closes it after them. */
export function useWorkplace(): Workplace {
  const parts: { -readonly [Key in keyof Workplace]?: Workplace[Key] } = {};
  beforeAll(async () => {
    // Each is kept as soon as it is there, for what comes after it may fail.
    const folder = (parts.folder = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-gateway-"))));
    const host = (parts.host = createHost({ home: join(folder, "home") }));
    for (const name of ["one", "two"])
      await host.install(await writeExtension(folder, name), { consent: "granted", engine: "local" });
    const gateway = (parts.gateway = await openGateway({ host, port: 0 }));
    const dashboard = (parts.dashboard = await signIn(gateway));
    parts.one = await enter(gateway, dashboard, "one");
    parts.two = await enter(gateway, dashboard, "two");
  });
  afterAll(async () => {
    await parts.gateway?.[Symbol.asyncDispose]();
    await parts.host?.[Symbol.asyncDispose]();
    if (parts.folder !== undefined) await rm(parts.folder, { recursive: true, force: true });
  });
  return new Proxy({} as Workplace, {
    get: (_, key: keyof Workplace) => parts[key],
  });
}

/** Signs a browser in by a link. */
export async function signIn(gateway: Gateway): Promise<Visitor> {
  return visit(gateway, gateway.link());
}

/** Opens an extension's page as the dashboard does. */
export async function enter(gateway: Gateway, dashboard: Visitor, id: string): Promise<Visitor> {
  const { body } = await dashboard.post(`/api/extensions/${id}/open`, "{}");
  return visit(gateway, (JSON.parse(body) as { url: string }).url);
}

async function visit({ port }: Gateway, link: string): Promise<Visitor> {
  const { host, origin, pathname, search } = new URL(link);
  const { headers } = await rawRequest(port, lines(`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`));
  const cookie = headers["set-cookie"]?.split(";", 1)[0] ?? "";
  const own = [`Host: ${host}`, `Cookie: ${cookie}`, "Bowsprit-Request: 1"];
  return {
    host,
    origin,
    cookie,
    get: (path, fields = []) => rawRequest(port, lines(`GET ${path} HTTP/1.1`, ...own, ...fields)),
    post(path, body, fields = ["Content-Type: application/json"]) {
      const head = [`POST ${path} HTTP/1.1`, ...own, `Origin: ${origin}`, `Content-Length: ${Buffer.byteLength(body)}`];
      return rawRequest(port, `${lines(...head, ...fields)}${body}`);
    },
  };
}
