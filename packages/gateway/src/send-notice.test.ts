import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { lines, rawRequest } from "@tooling/raw-http";
import { expect, test } from "vitest";
import { sendNotOpenPage, sendSignInPage } from "./notices.ts";

const dashboard = "http://bowsprit.localhost:4711";

test.each([
  ["the dashboard's", sendSignInPage, "'none'"],
  ["a page's", sendNotOpenPage, `'self' ${dashboard}`],
] as const)("%s notice may use the one style it holds, and load nothing", async (_, sendNotice, frames) => {
  await using server = createServer((_request, response) => sendNotice(response, dashboard)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { headers, body } = await rawRequest(port, lines("GET / HTTP/1.1", "Host: x"));
  const styles = [...body.matchAll(/<style>([^<]*)<\/style>/gu)].map(([, style = ""]) => style);
  const digests = styles.map((style) => createHash("sha256").update(style).digest("base64"));
  expect(digests).toHaveLength(1);
  expect(headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src 'sha256-${digests[0]}'; frame-ancestors ${frames}; base-uri 'none'; form-action 'none'`,
  );
  expect(body).not.toMatch(/ (?:style|src|on\w+)=|<(?:script|link|img)|@import|url\(/u);
});
