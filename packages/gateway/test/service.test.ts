import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { lines, rawRequest } from "@tooling/raw-http";
import { useWorkplace } from "./workplace.ts";

const workplace = useWorkplace();
const service = "/.bowsprit/service";

const logOf = async (id: string): Promise<string> =>
  (await Array.fromAsync(workplace.host.logs(id))).map(({ text }) => text).join("\n");

test("a request reaches the backend with its path, its fields and its body as they are", async () => {
  const body = '{"a":1}';
  const fields = ["Content-Type: application/json", "X-Own: kept", "Authorization: Bearer of-the-page"];
  const answer = await workplace.one.post(`${service}/a%2Fb/../c?x=%20&y`, body, fields);
  expect(answer.status).toBe(200);
  const seen = JSON.parse(answer.body);
  expect(seen).toMatchObject({ method: "POST", url: "/a%2Fb/../c?x=%20&y", bytes: body.length });
  expect(seen.rawHeaders).toEqual(expect.arrayContaining(["X-Own", "kept", "Authorization", "Bearer of-the-page"]));
});

test("nothing of ours, of the browser's and of a proxy's reaches the backend", async () => {
  const { body } = await workplace.one.get(`${service}/seen`, [
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: cors",
    "Referer: http://somewhere/",
    "X-Forwarded-For: 1.2.3.4",
    "Forwarded: for=1.2.3.4",
    "X-HTTP-Method-Override: DELETE",
    "Connection: keep-alive, X-Hop",
    "X-Hop: dropped",
  ]);
  const { rawHeaders } = JSON.parse(body) as { rawHeaders: readonly string[] };
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  expect(names.toSorted()).toEqual(["connection", "host"]);
  expect(JSON.stringify(rawHeaders)).not.toContain(workplace.one.cookie.split("=")[1]);
});

test.each(["GET", "POST", "DELETE", "PATCH"])(
  "%s with a body of no bytes reaches the backend as it is",
  async (method) => {
    const { host, cookie, origin } = workplace.one;
    const fields = [
      `Host: ${host}`,
      `Cookie: ${cookie}`,
      `Origin: ${origin}`,
      "Bowsprit-Request: 1",
      "Content-Length: 0",
    ];
    const answer = await rawRequest(workplace.gateway.port, lines(`${method} ${service}/empty HTTP/1.1`, ...fields));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ method, url: "/empty", bytes: 0 });
  },
);

test("what a backend says for our origin does not reach the browser", async () => {
  const { status, headers, body } = await workplace.one.get(`${service}/fields`);
  expect({ status, body }).toEqual({ status: 200, body: "fields" });
  expect(headers["x-own"]).toBe("kept");
  for (const name of ["set-cookie", "access-control-allow-origin", "clear-site-data", "location", "refresh"])
    expect(headers[name], name).toBeUndefined();
  expect(headers["strict-transport-security"]).toBeUndefined();
  expect(headers["service-worker-allowed"]).toBeUndefined();
});

test.each([
  ["/elsewhere?x=1", "/elsewhere?x=1"],
  ["there", "/to/there"],
  ["http://localhost/absolute", "/absolute"],
])("a redirect to %s within the backend stays within it", async (location, place) => {
  const { headers } = await workplace.one.get(`${service}/to/here?location=${encodeURIComponent(location)}`);
  expect(headers["location"]).toBe(`${service}${place}`);
});

test.each([
  "http://169.254.169.254/",
  "//evil.test/x",
  "https://localhost/",
  "http://localhost:1/",
  "javascript:alert(1)",
])("a redirect to %s leads nowhere", async (location) => {
  const answer = await workplace.one.get(`${service}/to/here?location=${encodeURIComponent(location)}`);
  expect(answer.status).toBe(302);
  expect(answer.headers).not.toHaveProperty("location");
});

test("any status is the backend's own, and a failure of ours says that it is ours", async () => {
  const own = await workplace.one.get(`${service}/status/503`);
  expect(own).toMatchObject({ status: 503, body: "as you like" });
  expect(own.headers["bowsprit-error"]).toBeUndefined();
});

test("without the field that only a script can send there is no backend", async () => {
  const { host, cookie } = workplace.one;
  const bytes = lines(`GET ${service}/seen HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`);
  expect((await rawRequest(workplace.gateway.port, bytes)).status).toBe(403);
});

test("a backend that answers before it has read everything gets its answer through", async () => {
  const answer = await workplace.one.post(`${service}/refuse`, "x".repeat(300_000), ["Content-Type: text/plain"]);
  expect(answer).toMatchObject({ status: 413, body: "too much" });
});

test("an answer that is cut short is cut short here, never a clean end", async () => {
  const { status, text } = await workplace.one.get(`${service}/cut`);
  expect(status).toBe(200);
  expect(text).toContain("half");
  expect(text).not.toMatch(/\r\n0\r\n\r\n$/u);
});

test("a page that goes away ends its request at the backend within a second", async () => {
  const { host, cookie } = workplace.two;
  const head = [`GET ${service}/never HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`, "Bowsprit-Request: 1"];
  const socket = connect(workplace.gateway.port, "127.0.0.1", () => socket.write(lines(...head)));
  socket.on("error", () => undefined);
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  socket.write("", () => resolve());
  await sent;
  // The backend has it once a request behind it on another connection was answered.
  await workplace.two.get(`${service}/seen`);
  socket.destroy();
  await vi.waitFor(async () => expect(await logOf("two")).toContain("gone: never"), 2000);
});

test("a reader that stops holds the backend back", async () => {
  const { host, cookie } = workplace.two;
  const size = 64 * 1024 * 1024;
  const head = [`GET ${service}/bytes/${size} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`, "Bowsprit-Request: 1"];
  const socket = connect(workplace.gateway.port, "127.0.0.1", () => socket.write(lines(...head)));
  socket.on("error", () => undefined);
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  socket.once("data", () => {
    socket.pause();
    resolve();
  });
  await begun;
  // Other requests go on, and what is left in the end says how much was taken.
  for (let request = 0; request < 50; request += 1) await workplace.two.get(`${service}/seen`);
  socket.destroy();
  await vi.waitFor(async () => expect(await logOf("two")).toMatch(/closed: \d+/u), 5000);
  const [, left = ""] = /closed: (\d+)/u.exec(await logOf("two")) ?? [];
  expect(Number(left)).toBeGreaterThan(size / 2);
});
