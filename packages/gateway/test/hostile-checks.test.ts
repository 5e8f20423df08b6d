import { expect, test } from "vitest";
import { lines, rawRequest } from "@tooling/raw-http";
import { signIn, useWorkplace } from "./workplace.ts";

const workplace = useWorkplace();
const send = (...all: readonly string[]) => rawRequest(workplace.gateway.port, lines(...all));

test("a link signs one browser in, once; whoever is in already leaves it to another", async () => {
  const { gateway, dashboard } = workplace;
  const { pathname, search } = new URL(gateway.link());
  const come = (...more: readonly string[]) =>
    send(`GET ${pathname}${search} HTTP/1.1`, `Host: ${dashboard.host}`, ...more);
  expect((await come(`Cookie: ${dashboard.cookie}`)).headers).not.toHaveProperty("set-cookie");
  const first = await come();
  expect(first).toMatchObject({ status: 303, headers: { location: "/" } });
  expect(first.headers["set-cookie"]).toMatch(
    new RegExp(`^__Host-bowsprit-${gateway.port}=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict$`, "u"),
  );
  const second = await come();
  expect(second.status).toBe(401);
  expect(second.headers).not.toHaveProperty("set-cookie");
});

test("a ticket opens its own page, once", async () => {
  const { dashboard, one, two } = workplace;
  const { url } = JSON.parse((await dashboard.post("/api/extensions/one/open", "{}")).body) as { url: string };
  const { pathname, search } = new URL(url);
  const come = (host: string) => send(`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`);
  expect((await come(two.host)).status).toBe(401);
  expect(await come(one.host)).toMatchObject({ status: 200, body: expect.stringContaining("url=/index.html?x=1") });
  expect((await come(one.host)).status).toBe(401);
});

test("a browser has one session of a page, however often the page is opened", async () => {
  const { dashboard, one } = workplace;
  const { url } = JSON.parse((await dashboard.post("/api/extensions/one/open", "{}")).body) as { url: string };
  const { pathname, search } = new URL(url);
  const again = await one.get(`${pathname}${search}`);
  expect(again).toMatchObject({ status: 200, body: expect.stringContaining("url=/index.html?x=1") });
  expect(again.headers).not.toHaveProperty("set-cookie");
});

test("a session is of one origin: a page's opens neither another page nor the dashboard, nor the dashboard's a page", async () => {
  const { dashboard, one, two } = workplace;
  const get = (path: string, host: string, cookie: string) =>
    send(`GET ${path} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`, "Bowsprit-Request: 1");
  expect((await get("/.bowsprit/service/x", two.host, one.cookie)).status).toBe(403);
  expect((await get("/api/extensions", dashboard.host, one.cookie)).status).toBe(403);
  expect((await get("/index.html", one.host, dashboard.cookie)).status).toBe(403);
  expect((await get("/.bowsprit/service/x", one.host, one.cookie)).status).toBe(200);
});

test("two cookies of the name are none", async () => {
  const { dashboard } = workplace;
  const cookie = `${dashboard.cookie}; ${dashboard.cookie}`;
  expect((await send("GET /api/extensions HTTP/1.1", `Host: ${dashboard.host}`, `Cookie: ${cookie}`)).status).toBe(401);
});

test("the loopback addresses lead a visitor to the name, and answer nothing else", async () => {
  const { port, origin } = workplace.gateway;
  for (const alias of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
    expect(await send("GET / HTTP/1.1", `Host: ${alias}`)).toMatchObject({
      status: 303,
      headers: { location: `${origin}/` },
    });
    for (const line of ["GET /api/extensions", "POST /", "GET /?token=x", "HEAD /"])
      expect((await send(`${line} HTTP/1.1`, `Host: ${alias}`)).status, line).toBe(403);
    expect((await send("GET / HTTP/1.1", `Host: ${alias}`, "Sec-Fetch-Dest: iframe")).status).toBe(403);
  }
});

test("a person without a session gets a page that says what to do; a program gets a word", async () => {
  const { dashboard, one } = workplace;
  const visit = (host: string) =>
    send(
      "GET / HTTP/1.1",
      `Host: ${host}`,
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document",
      "Sec-Fetch-Site: none",
    );
  expect((await visit(dashboard.host)).body).toContain("bowsprit serve --status");
  expect((await visit(one.host)).body).toContain("Open the extension again");
  expect(await send("GET / HTTP/1.1", `Host: ${dashboard.host}`)).toMatchObject({ status: 401, body: "Unauthorized" });
});

test("an upgrade is refused as any other request is, whoever finds the fault in it", async () => {
  const { host, origin, cookie } = workplace.dashboard;
  const upgrade = (path: string, ...more: readonly string[]) =>
    send(`GET ${path} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`, "Connection: Upgrade", ...more);
  const refusals = {
    403: [await upgrade("/api/events", "Upgrade: websocket"), await send("GET /api/extensions HTTP/1.1", "Host: x")],
    404: [await upgrade("/nothing", "Upgrade: websocket", `Origin: ${origin}`), await workplace.one.get("/nothing")],
    400: [
      await upgrade("/api/events", "Upgrade: h2c", `Origin: ${origin}`),
      await send("GET //x HTTP/1.1", `Host: ${host}`),
    ],
  };
  for (const [status, [upgraded, plain]] of Object.entries(refusals)) {
    const { date: _date, ...headers } = plain?.headers ?? {};
    expect(upgraded).toMatchObject({ status: Number(status), headers, body: plain?.body });
    expect(headers, status).toMatchObject({ "bowsprit-error": expect.any(String), connection: "close" });
  }
});

test("who signs in gets a session of his own", async () => {
  const other = await signIn(workplace.gateway);
  expect(other.cookie).not.toBe(workplace.dashboard.cookie);
  expect((await other.get("/api/extensions")).status).toBe(200);
});
