import type { Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { browserNames, openBrowser, type TestBrowser, whyMissing } from "../index.ts";
import { openTwoOrigins, type TwoOrigins } from "./two-origins.ts";

const patienceMs = 60_000;

/** What decision 10 relies on: a page in the dashboard's frame is of the same site, but of another origin. */
describe.each(browserNames)("%s: a page in a frame", { timeout: patienceMs }, (name) => {
  let missing: string | undefined;
  let browser: TestBrowser | undefined;
  let origins: TwoOrigins;

  beforeAll(async () => {
    missing = await whyMissing(name);
    if (missing !== undefined) return;
    origins = await openTwoOrigins();
    browser = await openBrowser(name);
  }, patienceMs);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await origins?.[Symbol.asyncDispose]();
  }, patienceMs);
  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  async function openDashboard(query = ""): Promise<{ readonly page: Page; readonly frame: Frame }> {
    if (browser === undefined) throw new Error("there is no browser");
    const page = await browser.newPage();
    onTestFinished(() => page.close(), patienceMs);
    await page.goto(`${origins.dashboard}/${query}`);
    return { page, frame: await page.waitForFrame((frame) => frame.url() === `${origins.page}/page`) };
  }

  test("gets its own strict cookie with its document, its requests and its WebSocket, and not the dashboard's", async () => {
    const { page, frame } = await openDashboard();
    expect(origins.seen.find(({ path }) => path === "/page")?.cookie).toBe("__Host-page=p");
    expect(await frame.evaluate(cookieOfRequest)).toBe("__Host-page=p");
    expect(await frame.evaluate(cookieOfSocket)).toBe("__Host-page=p");
    expect(await page.evaluate(cookieOfRequest)).toBe("__Host-dashboard=d");
    expect(await frame.evaluate("document.cookie")).toBe("");
  });

  test("has a storage of its own", async () => {
    const { page, frame } = await openDashboard();
    await page.evaluate('localStorage.setItem("whose", "dashboard")');
    expect(await frame.evaluate('localStorage.getItem("whose")')).toBeNull();
    await frame.evaluate('localStorage.setItem("whose", "page")');
    expect(await page.evaluate('localStorage.getItem("whose")')).toBe("dashboard");
  });

  test("plants no __Host- cookie on the dashboard, though it can plant others", async () => {
    const { page, frame } = await openDashboard();
    await frame.evaluate(`
      document.cookie = "__Host-dashboard=planted; Domain=bowsprit.localhost; Path=/; Secure";
      document.cookie = "__Host-new=planted; Domain=bowsprit.localhost; Path=/; Secure";
      document.cookie = "plain=planted; Domain=bowsprit.localhost; Path=/";`);
    const cookies = String(await page.evaluate(cookieOfRequest)).split("; ");
    expect(cookies.toSorted()).toEqual(["__Host-dashboard=d", "plain=planted"]);
  });

  test("is a secure context, as the dashboard is", async () => {
    const { page, frame } = await openDashboard();
    expect(await Promise.all([page.evaluate("isSecureContext"), frame.evaluate("isSecureContext")])).toEqual([
      true,
      true,
    ]);
  });

  test("does not reach the dashboard's document", async () => {
    const { page, frame } = await openDashboard();
    expect(await frame.evaluate(failureOf("parent.document.title"))).toBe("SecurityError");
    expect(await page.evaluate(failureOf("frames[0].document.title"))).toBe("SecurityError");
    expect(await page.evaluate(failureOf("document.title"))).toBe("none");
  });

  test("cannot lead the dashboard elsewhere, unless its sandbox allows that", async () => {
    const { page, frame } = await openDashboard();
    const attempt = 'parent.location = "/cookie?stolen"';
    expect(await frame.evaluate(failureOf(attempt))).toBe("SecurityError");
    await frame.evaluate(cookieOfRequest);
    expect(page.url()).toBe(`${origins.dashboard}/`);
    expect(origins.seen.map(({ path }) => path)).not.toContain("/cookie?stolen");

    const allowed = await openDashboard("?sandbox=allow-scripts+allow-same-origin+allow-top-navigation");
    const led = allowed.page.waitForNavigation();
    await allowed.frame.evaluate(`void setTimeout(() => { ${attempt} })`);
    await led;
    expect(allowed.page.url()).toBe(`${origins.page}/cookie?stolen`);
  });
});

const cookieOfRequest = 'fetch("/cookie").then((response) => response.text())';

const cookieOfSocket = `new Promise((resolve, reject) => {
  const socket = new WebSocket("ws://" + location.host + "/socket");
  socket.onerror = () => reject(new Error("no WebSocket"));
  socket.onmessage = ({ data }) => { resolve(data); socket.close(); };
})`;

/** A script that tells the name of what an expression throws, or `none`. */
function failureOf(expression: string): string {
  return `(() => { try { ${expression}; return "none"; } catch (reason) { return reason.name; } })()`;
}
