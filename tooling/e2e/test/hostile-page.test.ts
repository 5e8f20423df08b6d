import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patienceMs, useWorkplace } from "../workplace.ts";

/** A page of somebody else, in a browser that is signed in. */
describe("a hostile page", () => {
  const workplace = useWorkplace({
    browser: "chromium",
    hellos: ["hello"],
    hostResolverRules: "MAP evil.test 127.0.0.1",
  });
  const evil = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><body>evil");
  });
  let evilPort = 0;
  let pageOrigin = "";
  beforeAll(async () => {
    await once(evil.listen(0, "127.0.0.1"), "listening");
    evilPort = (evil.address() as AddressInfo).port;
    if (workplace.dashboard !== undefined) pageOrigin = new URL((await workplace.dashboard.open("hello")).url()).origin;
  }, patienceMs);
  afterAll(() => void evil.close());

  // Another name, another port of this computer's own names, and a port of the very same name.
  it.each(["evil.test", "localhost", "bowsprit.localhost"])(
    "served from %s reads nothing, starts nothing and embeds nothing",
    async (name) => {
      const page = await workplace.browser.newPage();
      await page.goto(`http://${name}:${evilPort}/`);
      const results = await page.evaluate(tryEverything, workplace.origin, pageOrigin);
      for (const [what, result] of Object.entries(results))
        expect(["refused", "opaque"], `${what}: ${result}`).toContain(result);
      expect(results).toMatchObject({
        read: "refused",
        readPage: "refused",
        script: "refused",
        image: "refused",
        socket: "refused",
      });
      await page.close();
      const { stdout } = await workplace.served.run(["ls", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject([{ id: "hello", state: "running" }]);
      const notes = await workplace.served.run(["request", "hello", "GET", "/notes"]);
      expect(notes.stdout.trim()).toBe("[]");
    },
    patienceMs,
  );

  it(
    "that posts a form to the interface gets there, and is turned away",
    async () => {
      const page = await workplace.browser.newPage();
      await page.goto(`http://evil.test:${evilPort}/`);
      const [answer] = await Promise.all([
        page.waitForNavigation(),
        page.evaluate((action) => {
          const form = Object.assign(document.createElement("form"), { method: "post", enctype: "text/plain", action });
          form.append(
            Object.assign(document.createElement("input"), {
              name: '{"source":"/","agreement":"granted","x":"',
              value: '"}',
            }),
          );
          document.body.append(form);
          form.submit();
        }, `${workplace.origin}/api/extensions`),
      ]);
      expect(answer?.status()).toBe(403);
      await page.close();
    },
    patienceMs,
  );

  it(
    "whose name is rebound to this computer is refused by its name",
    async () => {
      const page = await workplace.browser.newPage();
      const answer = await page.goto(`http://evil.test:${new URL(workplace.origin).port}/api/extensions`);
      expect(answer?.status()).toBe(403);
      expect(await answer?.text()).toBe("Forbidden");
      await page.close();
    },
    patienceMs,
  );
});

/** Runs in the hostile page. `opaque`: something came back that the page cannot look into. */
async function tryEverything(dashboard: string, extension: string): Promise<Record<string, string>> {
  const ask = async (url: string, init: RequestInit): Promise<string> =>
    fetch(url, { credentials: "include", ...init }).then(
      async (response) => (response.type === "opaque" ? "opaque" : `read ${response.status} ${await response.text()}`),
      () => "refused",
    );
  const load = (name: "script" | "img" | "link", attributes: Record<string, string>): Promise<string> =>
    new Promise((resolve) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.addEventListener("load", () => resolve("loaded"));
      element.addEventListener("error", () => resolve("refused"));
      document.body.append(element);
    });
  const dial = (url: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.addEventListener("open", () => resolve("open"));
      socket.addEventListener("close", () => resolve("refused"));
    });
  const frame = (url: string): Promise<string> =>
    new Promise((resolve) => {
      const element = Object.assign(document.createElement("iframe"), { src: url });
      element.addEventListener("load", () => {
        try {
          resolve(`read ${element.contentDocument?.body.textContent ?? "refused"}`.replace("read refused", "refused"));
        } catch {
          resolve("opaque");
        }
      });
      document.body.append(element);
    });
  const json = { "content-type": "application/json" };
  const body = '{"source":"/","agreement":"granted"}';
  return {
    read: await ask(`${dashboard}/api/extensions`, {}),
    readPage: await ask(`${extension}/index.html`, {}),
    readSilently: await ask(`${dashboard}/api/extensions`, { mode: "no-cors" }),
    install: await ask(`${dashboard}/api/extensions`, { method: "POST", headers: json, body }),
    start: await ask(`${dashboard}/api/extensions/hello/start`, { method: "POST", mode: "no-cors", body: "{}" }),
    backend: await ask(`${extension}/.bowsprit/service/notes`, {
      method: "POST",
      mode: "no-cors",
      body: '{"text":"planted"}',
    }),
    run: await ask(`${extension}/.bowsprit/exec/host`, {
      method: "POST",
      mode: "no-cors",
      body: '{"cmd":"hello-host","args":[]}',
    }),
    script: await load("script", { src: `${dashboard}/api/extensions` }),
    client: await load("script", { src: `${extension}/.bowsprit/client.js` }),
    image: await load("img", { src: `${dashboard}/api/icons/hello` }),
    style: await load("link", { rel: "stylesheet", href: `${dashboard}/dashboard.css` }),
    socket: await dial(`${dashboard.replace("http", "ws")}/api/events`),
    pageSocket: await dial(`${extension.replace("http", "ws")}/.bowsprit/exec/host`),
    frame: await frame(`${dashboard}/`),
    pageFrame: await frame(`${extension}/index.html`),
  };
}
