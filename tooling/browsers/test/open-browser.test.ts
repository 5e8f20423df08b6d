import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserProcesses } from "../browser-processes.ts";
import { browserNames, collectProblems, openBrowser, screenshot, whyMissing } from "../index.ts";
import { openTwoOrigins, type TwoOrigins } from "./two-origins.ts";

const patienceMs = 60_000;
let origins: TwoOrigins;

beforeAll(async () => {
  origins = await openTwoOrigins();
});
afterAll(() => origins[Symbol.asyncDispose]());

describe.each(browserNames)("%s", { timeout: patienceMs }, (name) => {
  beforeEach(async ({ skip }) => {
    const missing = await whyMissing(name);
    skip(missing !== undefined, missing);
  });

  test("leaves no process and no file when it is closed, or when it has died", async () => {
    for (const death of ["closed", "killed"]) {
      const browser = await openBrowser(name);
      const marks = { leader: browser.pid, folder: browser.folder };
      await (await browser.newPage()).goto(`${origins.page}/page`);
      expect((await browserProcesses(marks)).length).toBeGreaterThan(1);
      if (death === "killed") process.kill(browser.pid, "SIGKILL");
      await Promise.all([browser[Symbol.asyncDispose](), browser[Symbol.asyncDispose]()]);
      expect(await browserProcesses(marks)).toEqual([]);
      await expect(access(browser.folder)).rejects.toThrow("ENOENT");
    }
  });

  test("begins with an empty profile, and reaches the names of this computer alone", async () => {
    const options = { hostResolverRules: "MAP vendor.test 127.0.0.1, MAP other.test 127.0.0.1" };
    for (const _ of ["first", "second"]) {
      await using browser = await openBrowser(name, options);
      const page = await browser.newPage();
      await page.goto(`http://vendor.test:${origins.port}/page`);
      expect(await page.evaluate("[location.hostname, localStorage.length, document.cookie, innerWidth]")).toEqual([
        "vendor.test",
        0,
        "",
        1280,
      ]);
      await page.evaluate('localStorage.setItem("kept", "no"); document.cookie = "kept=no; max-age=1000"');
      await expect(page.goto("http://192.0.2.1/")).rejects.toThrow(/NAME_NOT_RESOLVED|PROXY_CONNECTION/u);
    }
  });

  test("a page's problems are written down, each once, and a good page has none", async () => {
    await using browser = await openBrowser(name);
    const page = await browser.newPage();
    const problems = collectProblems(page);
    await page.goto(`${origins.dashboard}/`, { waitUntil: "load" });
    expect(problems).toEqual([]);
    await page.goto(`${origins.dashboard}/faulty`, { waitUntil: "load" });
    await expect
      .poll(() => problems.toSorted(), { timeout: patienceMs / 2 })
      .toEqual([
        "console: said",
        expect.stringMatching(/^page: .*thrown$/u),
        `request: GET ${origins.dashboard}/gone: answered with 404`,
      ]);
    await page.evaluate(`fetch("/cut").catch(() => undefined)`);
    await expect
      .poll(() => problems, { timeout: patienceMs / 2 })
      .toContainEqual(expect.stringContaining(`request: GET ${origins.dashboard}/cut: `));
  });

  test("draws what a page shows", async () => {
    await using browser = await openBrowser(name, { viewport: { width: 400, height: 300 } });
    const page = await browser.newPage();
    await page.goto(`${origins.dashboard}/`, { waitUntil: "load" });
    const file = join(browser.folder, "shots", "dashboard.png");
    await screenshot(page, file);
    const png = await readFile(file);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([400, 300]);
    const blank = join(browser.folder, "blank.png");
    await page.goto("about:blank");
    await screenshot(page, blank);
    expect((await readFile(blank)).equals(png)).toBe(false);
  });
});

test("Firefox refuses a rule for names that it cannot follow", async () => {
  for (const rule of ["MAP * 127.0.0.1", "MAP a.test 10.0.0.1", "EXCLUDE a.test", "MAP a.test 127.0.0.1:80"]) {
    await expect(openBrowser("firefox", { hostResolverRules: rule }), rule).rejects.toThrow(TypeError);
  }
});
