export { browsersSuite } from "./browsers-suite.ts";
export { type BrowserName, browserNames, whyMissing } from "./find-browser.ts";
