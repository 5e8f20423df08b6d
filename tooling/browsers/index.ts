export type { BrowserOptions } from "./browser-options.ts";
export { browsersSuite } from "./browsers-suite.ts";
export { collectProblems } from "./collect-problems.ts";
export { type BrowserName, browserNames, whyMissing } from "./find-browser.ts";
export { openBrowser, type TestBrowser } from "./open-browser.ts";
export { screenshot } from "./screenshot.ts";
