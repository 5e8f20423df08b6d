import { beforeAll, describe, expect, it } from "vitest";
import { type Frame, openDashboard } from "../dashboard-page.ts";
import { patienceMs, useWorkplace } from "../workplace.ts";

describe("two extensions open at once", () => {
  const workplace = useWorkplace({ browser: "chromium", hellos: ["one", "two"] });
  let one: Frame;
  let two: Frame;
  beforeAll(async () => {
    if (workplace.dashboard === undefined) return;
    one = await workplace.dashboard.open("one");
    two = await (await openDashboard(workplace.browser, `${workplace.origin}/`)).open("two");
  }, patienceMs);

  it(
    "neither reads the other's storage",
    async () => {
      await one.evaluate(async () => {
        localStorage.setItem("secret", "of one");
        await caches.open("secret");
        document.cookie = "secret=of-one";
        document.cookie = "secret-for-all=of-one; domain=bowsprit.localhost";
      });
      expect(await two.evaluate(async () => [localStorage.length, await caches.keys()])).toEqual([0, []]);
      expect(await two.evaluate(() => document.cookie)).not.toContain("secret=of-one");
    },
    patienceMs,
  );

  it(
    "neither calls the other's backend or executables",
    async () => {
      const origin = new URL(one.url()).origin;
      const tries = await two.evaluate(async (other) => {
        const ask = async (path: string, init: RequestInit): Promise<string> =>
          fetch(`${other}${path}`, { credentials: "include", ...init }).then(
            (response) => `${response.type} ${response.status}`,
            () => "refused",
          );
        const dial = (): Promise<string> =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${other.replace("http", "ws")}/.bowsprit/exec/host`);
            socket.addEventListener("open", () => resolve("open"));
            socket.addEventListener("close", () => resolve("refused"));
          });
        return [
          await ask("/.bowsprit/service/hello", { headers: { "Bowsprit-Request": "1" } }),
          await ask("/.bowsprit/service/notes", { method: "POST", body: '{"text":"planted"}', mode: "no-cors" }),
          await ask("/.bowsprit/exec/host", {
            method: "POST",
            body: '{"cmd":"hello-host","args":[]}',
            mode: "no-cors",
          }),
          await dial(),
        ];
      }, origin);
      expect(tries[0]).toBe("refused");
      expect(tries[3]).toBe("refused");
      // A no-cors answer cannot be read; that nothing was done is seen at the other side.
      const notes = await one.evaluate(async () =>
        (await fetch("/.bowsprit/service/notes", { headers: { "Bowsprit-Request": "1" } })).text(),
      );
      expect(notes.trim()).toBe("[]");
    },
    patienceMs,
  );

  it(
    "neither calls the dashboard's interface, with the cookies that the browser would send along",
    async () => {
      const tries = await two.evaluate(async (dashboard) => {
        const ask = async (path: string, init: RequestInit): Promise<string> =>
          fetch(`${dashboard}${path}`, { credentials: "include", ...init }).then(
            (response) => response.text(),
            () => "refused",
          );
        const script = await new Promise((resolve) => {
          const element = Object.assign(document.createElement("script"), { src: `${dashboard}/api/extensions` });
          element.addEventListener("load", () => resolve("loaded"));
          element.addEventListener("error", () => resolve("refused"));
          document.body.append(element);
        });
        return [
          await ask("/api/extensions", {}),
          await ask("/api/extensions", { mode: "no-cors" }),
          await ask("/api/extensions/one", { method: "DELETE" }),
          await ask("/api/extensions/one/start", { method: "POST", mode: "no-cors", body: "{}" }),
          script,
        ];
      }, workplace.origin);
      expect(new Set(tries)).toEqual(new Set(["refused"]));
      const { stdout } = await workplace.served.run(["ls", "--json"]);
      expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(["one", "two"]);
    },
    patienceMs,
  );

  it(
    "neither leaves a service worker, which would answer in our place from then on",
    async () => {
      const tries = await one.evaluate(async () => {
        const register = async (script: string): Promise<string> =>
          navigator.serviceWorker.register(script).then(
            () => "registered",
            (reason: unknown) => String(reason),
          );
        const scripts = ["/main.js", "/.bowsprit/client.js", "/.bowsprit/service/bytes/1"];
        return [
          ...(await Promise.all(scripts.map(register))),
          (await navigator.serviceWorker.getRegistrations()).length,
        ];
      });
      expect(tries.pop()).toBe(0);
      for (const result of tries) expect(result).toContain("403");
    },
    patienceMs,
  );

  it(
    "neither plants a cookie on the dashboard that matters",
    async () => {
      const port = new URL(workplace.origin).port;
      await one.evaluate((name) => {
        for (const attributes of ["; domain=bowsprit.localhost", "; domain=bowsprit.localhost; secure; path=/"])
          document.cookie = `${name}=${"A".repeat(43)}${attributes}`;
      }, `__Host-bowsprit-${port}`);
      const page = await openDashboard(workplace.browser, `${workplace.origin}/`);
      await page.says("main", "2 installed");
      await page.page.close();
    },
    patienceMs,
  );

  it(
    "neither reaches the page that frames it, nor takes it elsewhere",
    async () => {
      const tries = await one.evaluate(() => {
        const attempt = (work: () => unknown): string => {
          try {
            return `did: ${String(work())}`;
          } catch (error) {
            return error instanceof Error ? error.name : "threw";
          }
        };
        return [
          attempt(() => parent.document.title),
          attempt(() => parent.localStorage.length),
          attempt(() => (parent.location.href = "http://evil.test/")),
          attempt(() => (top as Window).location.replace("http://evil.test/")),
        ];
      });
      expect(tries).toEqual(["SecurityError", "SecurityError", "SecurityError", "SecurityError"]);
      expect(new URL(one.page().url()).origin).toBe(workplace.origin);
    },
    patienceMs,
  );
});
