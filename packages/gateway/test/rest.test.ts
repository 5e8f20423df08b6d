import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { lines, rawRequest } from "@tooling/raw-http";
import { enter, useWorkplace, type Visitor } from "./workplace.ts";
import { writeExtension } from "./write-extension.ts";

const workplace = useWorkplace();

const json = ({ body }: { readonly body: string }): unknown => JSON.parse(Buffer.from(body, "latin1").toString("utf8"));

const watch = async (): Promise<{
  readonly next: () => Promise<Record<string, unknown>>;
  readonly socket: WebSocket;
}> => {
  const { origin, host, cookie } = workplace.dashboard;
  const socket = new WebSocket(`ws://127.0.0.1:${workplace.gateway.port}/api/events`, {
    headers: { host, cookie, origin },
  });
  const messages: Record<string, unknown>[] = [];
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString("utf8"));
    const first = waiting.shift();
    if (first === undefined) messages.push(message);
    else first(message);
  });
  await once(socket, "open");
  const next = async (): Promise<Record<string, unknown>> =>
    messages.shift() ?? new Promise((resolve) => waiting.push(resolve));
  return { socket, next };
};

test("lists, shows, starts and tells of its extensions", async () => {
  expect(json(await workplace.dashboard.get("/api/extensions"))).toEqual(await workplace.host.list());
  expect(json(await workplace.dashboard.get("/api/extensions/one"))).toEqual(await workplace.host.get("one"));
  expect(json(await workplace.dashboard.get("/api/extensions/one/page"))).toEqual(await workplace.host.page("one"));
  expect(await workplace.dashboard.post("/api/extensions/one/start", "{}")).toMatchObject({ status: 200, body: "{}" });
  const logs = json(await workplace.dashboard.get("/api/extensions/one/logs?tail=1"));
  expect(logs).toEqual([{ service: "service", stream: "stdout", time: expect.any(String), text: "listening" }]);
});

test("an install is examined, agreed to and done, and is seen by who watches; so is the removal", async () => {
  const { next, socket } = await watch();
  const source = await writeExtension(workplace.folder, "three");
  const post = (path: string, body: unknown) => workplace.dashboard.post(path, JSON.stringify(body));
  const examined = json(await post("/api/examinations", { source, engine: "local" })) as { readonly agreement: string };
  expect(examined).toMatchObject({ report: { id: "three" }, lines: expect.arrayContaining([expect.any(String)]) });
  expect((await workplace.host.list()).map(({ id }) => id)).toEqual(["one", "two"]);
  const agreed = await post("/api/extensions", { source, engine: "local", agreement: examined.agreement });
  expect(agreed).toMatchObject({ status: 200 });
  expect(json(agreed)).toMatchObject({ id: "three", state: "running" });
  let event = await next();
  while (event["type"] !== "changed" || (event["extension"] as { state: string }).state !== "running")
    event = await next();
  expect(event["extension"]).toMatchObject({ id: "three" });
  const page = await enter(workplace.gateway, workplace.dashboard, "three");
  expect((await page.get("/index.html")).status).toBe(200);
  const { host, origin, cookie } = workplace.dashboard;
  const removal = lines(
    "DELETE /api/extensions/three HTTP/1.1",
    `Host: ${host}`,
    `Cookie: ${cookie}`,
    `Origin: ${origin}`,
  );
  expect((await rawRequest(workplace.gateway.port, removal)).status).toBe(200);
  while (event["type"] !== "removed") event = await next();
  expect(event).toEqual({ type: "removed", id: "three" });
  await vi.waitFor(async () => expect((await page.get("/index.html")).status).toBe(403));
  socket.close();
});

test("another installation of the same id has another origin, and the sessions of the first are over", async () => {
  const source = await writeExtension(workplace.folder, "again");
  const install = async (): Promise<Visitor> => {
    await workplace.host.install(source, { consent: "granted", engine: "local" });
    return enter(workplace.gateway, workplace.dashboard, "again");
  };
  const first = await install();
  await workplace.host.remove("again");
  const second = await install();
  expect(second.origin).not.toBe(first.origin);
  expect((await second.get("/index.html")).status).toBe(200);
  await vi.waitFor(async () => expect((await first.get("/index.html")).status).toBe(403));
  await workplace.host.remove("again");
});

test.each([
  ["an agreement to something else", { agreement: "0".repeat(64) }, 403, "CONSENT_REQUIRED"],
  ["no agreement", {}, 400, "INVALID_ARGUMENT"],
])("%s installs nothing", async (...[, more, status, code]) => {
  const source = await writeExtension(workplace.folder, "four");
  const answer = await workplace.dashboard.post("/api/extensions", JSON.stringify({ source, ...more }));
  expect(answer.status).toBe(status);
  expect(json(answer)).toMatchObject({ error: { code } });
  expect((await workplace.host.list()).map(({ id }) => id)).toEqual(["one", "two"]);
});

test.each([
  ["/api/extensions/none/start", "{}", 404],
  ["/api/examinations", '{"source":"/no/such/folder"}', 404],
  ["/api/examinations", "{", 400],
  ["/api/examinations", '{"source":"/x","source":"/y"}', 400],
  ["/api/examinations", '{"__proto__":{"source":"/x"}}', 400],
  ["/api/examinations", "[]", 400],
  ["/api/nothing", "{}", 404],
  ["/api/extensions/one", "{}", 405],
])("POST %s with %s is answered with %i", async (path, body, status) => {
  expect((await workplace.dashboard.post(path, body)).status).toBe(status);
});

test.each([
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "application/json; charset=utf-16",
])("a body of type %s is refused", async (type) => {
  const answer = await workplace.dashboard.post("/api/examinations", '{"source":"/x"}', [`Content-Type: ${type}`]);
  expect(answer).toMatchObject({ status: 415, body: "Unsupported media type" });
});

test("a body over 1 MiB is refused", async () => {
  const answer = await workplace.dashboard.post(
    "/api/examinations",
    JSON.stringify({ source: "x".repeat(1024 * 1024) }),
  );
  expect(answer.status).toBe(413);
});
