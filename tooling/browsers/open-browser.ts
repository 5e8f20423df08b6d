import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch, type Page } from "puppeteer-core";
import type { BrowserOptions } from "./browser-options.ts";
import { endBrowserProcesses } from "./browser-processes.ts";
import { chromiumLaunch } from "./chromium-launch.ts";
import { type BrowserName, findBrowser } from "./find-browser.ts";
import { firefoxLaunch } from "./firefox-launch.ts";

/** A real browser without a window, with a profile of its own. Disposing ends all of its processes and removes the profile. */
export interface TestBrowser extends AsyncDisposable {
  readonly name: BrowserName;
  /** Puppeteer's browser, for what is not offered here. */
  readonly browser: Browser;
  /** The process that leads all others. */
  readonly pid: number;
  /** Where everything lies that it writes. */
  readonly folder: string;
  /** A page with the profile's cookies and storage. */
  newPage(): Promise<Page>;
}

/** The most that a start or an answer takes on a machine that does everything at once. */
const patienceMs = 55_000;
/** What a browser has to end by itself before it is ended. */
const graceMs = 5000;

/**
 * Starts a browser; what it does not find is said by `whyMissing` beforehand. Puppeteer steers Chromium by CDP and Firefox by
 * WebDriver BiDi.
 * @throws Error when the browser is not installed or does not start.
 */
export async function openBrowser(name: BrowserName, options: BrowserOptions = {}): Promise<TestBrowser> {
  const found = await findBrowser(name);
  if (!found.available) throw new Error(`${found.reason}; to enable it: ${found.enable}`);
  const special = name === "chromium" ? chromiumLaunch(options) : firefoxLaunch(options);
  const folder = await mkdtemp(join(tmpdir(), `bowsprit-${name}-`));
  try {
    const browser = await launch({
      ...special,
      executablePath: found.program,
      headless: true,
      userDataDir: await makeFolder(folder, "profile"),
      env: await environment(folder),
      defaultViewport: options.viewport ?? { width: 1280, height: 800 },
      timeout: patienceMs,
      protocolTimeout: patienceMs,
    });
    return testBrowser(name, browser, folder);
  } catch (reason) {
    await end(-1, folder);
    throw reason;
  }
}

function testBrowser(name: BrowserName, browser: Browser, folder: string): TestBrowser {
  const pid = browser.process()?.pid ?? -1;
  let ended: Promise<void> | undefined;
  return {
    name,
    browser,
    pid,
    folder,
    newPage: async () => {
      const page = await browser.newPage();
      page.setDefaultTimeout(patienceMs);
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      ended ??= close(browser).then(async () => end(pid, folder));
      return ended;
    },
  };
}

/** A browser that hangs or has crashed does not answer; it is ended all the same. */
async function close(browser: Browser): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, graceMs);
  await Promise.race([browser.close().catch(() => undefined), late.promise]);
  clearTimeout(timer);
}

async function end(leader: number, folder: string): Promise<void> {
  await endBrowserProcesses({ leader, folder }, graceMs);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Nothing of the person who runs the tests: no home, no session, no proxy. */
async function environment(folder: string): Promise<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    HOME: await makeFolder(folder, "home"),
    TMPDIR: await makeFolder(folder, "tmp"),
    MOZ_CRASHREPORTER_DISABLE: "1",
    // Without it Firefox takes its settings from its maker's server, whatever its preferences say.
    MOZ_REMOTE_SETTINGS_DEVTOOLS: "1",
  };
}

async function makeFolder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  return path;
}
