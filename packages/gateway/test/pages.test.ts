import { symlink, unlink, writeFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lines, rawRequest } from "@tooling/raw-http";
import { useWorkplace } from "./workplace.ts";
import { pageFiles } from "./write-extension.ts";

const workplace = useWorkplace();

test("the origin leads to the page's first file, with what follows it", async () => {
  expect(await workplace.one.get("/")).toMatchObject({ status: 303, headers: { location: "/index.html?x=1" } });
});

test("a document has the client before its first element, and its own bytes after it", async () => {
  const { status, headers, body } = await workplace.one.get("/index.html?x=1");
  expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type: "text/html; charset=utf-8" });
  const [, config = ""] =
    /^<!doctype html><script src="\/\.bowsprit\/client\.js" data-bowsprit="([^"]*)"><\/script>/u.exec(body) ?? [];
  expect(JSON.parse(config.replaceAll("&quot;", '"'))).toEqual({
    image: "one",
    dashboard: workplace.dashboard.origin,
    host: { platform: process.platform, arch: process.arch, hostname: expect.any(String) },
    offers: { service: true, vm: true, host: true },
  });
  expect(body.replace(/<script.*<\/script>/u, "")).toBe(pageFiles["ui/index.html"]);
  expect((await workplace.one.get("/sub/other.html")).body).toMatch(/^<script src="\/\.bowsprit\/client\.js"/u);
});

test("other files are sent as they are, with their types, and a name may hold blanks", async () => {
  const script = await workplace.one.get("/app.js");
  expect(script).toMatchObject({ status: 200, body: pageFiles["ui/app.js"] });
  expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  expect((await workplace.one.get("/a%20b%20%C3%BC.txt")).body).toBe("blanks\n");
  expect((await workplace.one.get("/.bowsprit/client.js")).headers["content-type"]).toContain("javascript");
});

test("what did not change is not sent again", async () => {
  const { headers } = await workplace.one.get("/app.js");
  const again = await workplace.one.get("/app.js", [`If-None-Match: ${headers["etag"]}`, "Connection: close"]);
  expect(again).toMatchObject({ status: 304, body: "" });
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/sub/../../secret.txt",
  "/..%2fsecret.txt",
  "/..%5csecret.txt",
  "/%252e%252e/secret.txt",
  "/;/../secret.txt",
  "/%c0%ae%c0%ae/secret.txt",
  "/app.js%00.txt",
  "/sub",
  "/nothing",
  "/.bowsprit/nothing",
])("%s is not found, whether there is such a file or not", async (path) => {
  const there = await workplace.one.get(path);
  const { text } = await workplace.one.get("/nothing-at-all");
  const plain = (all: string): string => all.replace(/\r\ndate: .*/iu, "");
  expect(there.status).toBe(404);
  expect(plain(there.text)).toBe(plain(text));
});

const navigation = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe", "Sec-Fetch-Site: same-origin"];

test("a person who goes to an address that is none, by a link or a form, is led back to the page", async () => {
  const { one, dashboard } = workplace;
  const form = [...navigation, "Content-Type: application/x-www-form-urlencoded"];
  for (const [status, { status: got, headers, body }] of [
    [404, await one.get("/containers/1", navigation)],
    [404, await one.get("/.bowsprit/service/x", navigation)],
    [404, await one.get("/.bowsprit/exec/host", navigation)],
    [405, await one.post("/index.html", "a=b", form)],
    [405, await one.post("/.bowsprit/service/x", "a=b", form)],
    [405, await one.post("/.bowsprit/exec/host", "a=b", form)],
  ] as const) {
    expect({ got, body }).toEqual({ got: status, body: expect.stringContaining('<a href="/index.html?x=1">') });
    expect(headers["content-security-policy"]).toContain(`frame-ancestors 'self' ${dashboard.origin}`);
  }
  expect(await one.post("/index.html", "")).toMatchObject({ status: 405, body: "Method not allowed" });
});

test("a person whose session has ended reads so, also when he sends a form; a program gets a word", async () => {
  const { one, dashboard, gateway } = workplace;
  const send = (...fields: readonly string[]) =>
    rawRequest(gateway.port, lines("POST / HTTP/1.1", `Host: ${one.host}`, `Origin: ${one.origin}`, ...fields));
  const { status, headers, body } = await send(...navigation, "Cookie: x=y");
  expect({ status, body }).toEqual({ status: 401, body: expect.stringContaining("Open the extension again") });
  expect(headers["content-security-policy"]).toContain(`frame-ancestors 'self' ${dashboard.origin}`);
  expect(await send()).toMatchObject({ status: 401, body: "Unauthorized" });
});

test("no service worker can be had: it would stand between the entrance and every later page", async () => {
  expect((await workplace.one.get("/app.js", ["Service-Worker: script"])).status).toBe(403);
});

test("a file that became a link after the install is not found", async () => {
  const { folder } = await workplace.host.get("one");
  const path = join(folder ?? "", "root/ui/app.js");
  await rename(path, `${path}.kept`);
  await writeFile(join(workplace.folder, "elsewhere.js"), "stolen");
  await symlink(join(workplace.folder, "elsewhere.js"), path);
  expect((await workplace.one.get("/app.js")).status).toBe(404);
  await unlink(path);
  await rename(`${path}.kept`, path);
  expect((await workplace.one.get("/app.js")).status).toBe(200);
});

test("every answer of a page may be framed by the dashboard alone, and is nobody else's resource", async () => {
  const { headers } = await workplace.one.get("/index.html");
  expect(headers).toMatchObject({
    "content-security-policy": `frame-ancestors 'self' ${workplace.dashboard.origin}`,
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
});

test("an icon is a picture: a script in it never runs", async () => {
  const { status, headers } = await workplace.dashboard.get("/api/icons/one");
  expect(status).toBe(200);
  expect(headers["content-type"]).toContain("image/svg+xml");
  expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox/u);
});
