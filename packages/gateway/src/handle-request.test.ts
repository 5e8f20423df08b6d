import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { lines, type RawAnswer, rawRequest } from "@tooling/raw-http";
import { expect, test } from "vitest";
import { createRequestHandler } from "./handle-request.ts";
import { createSites } from "./site.ts";

test("what fails inside is a notice for a person and a code for a program, and nobody learns what it was", async () => {
  const sites = createSites({ port: 80, hasPage: () => true });
  const handler = createRequestHandler({
    sites,
    guard: { judge: () => ({ site: sites.page("0"), noSession: undefined }) },
    entrance: { toDashboard: () => false, toPage: async () => false },
    dashboard: { answer: () => expect.fail("the dashboard was asked") },
    pages: { answer: () => Promise.reject(new Error("a secret of the disk")) },
  });
  await using server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const get = (...fields: readonly string[]): Promise<RawAnswer> =>
    rawRequest(port, lines("GET / HTTP/1.1", "Host: x", ...fields));
  const [seen, read] = [await get("Sec-Fetch-Mode: navigate"), await get()];
  expect(seen).toMatchObject({ status: 500, body: expect.stringContaining("<h1>This page cannot be shown</h1>") });
  expect(seen.headers["content-security-policy"]).toContain(`frame-ancestors 'self' ${sites.dashboard.origin};`);
  expect(read).toMatchObject({ status: 500, body: expect.stringContaining('"code":"INTERNAL"') });
  expect(`${seen.text}${read.text}`).not.toContain("secret");
});
