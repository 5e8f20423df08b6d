import type { LaunchOptions } from "puppeteer-core";
import type { BrowserOptions } from "./browser-options.ts";

/** Other names lead nowhere: no flag keeps it from asking its maker for this and that. */
const here = ["MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE *.localhost", "EXCLUDE 127.0.0.1", "EXCLUDE ::1"];

/** What is special about starting Chromium: as root, without a graphics card, and reaching nothing but this computer. */
export function chromiumLaunch({ args = [], hostResolverRules }: BrowserOptions): LaunchOptions {
  const rules = hostResolverRules === undefined ? here : [hostResolverRules, ...here];
  return {
    browser: "chrome",
    // Its end of a pipe closes with us, however we end, and then it ends itself.
    pipe: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-domain-reliability",
      `--host-resolver-rules=${rules.join(", ")}`,
      ...args,
    ],
  };
}
