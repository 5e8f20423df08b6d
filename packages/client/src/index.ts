export { pageScript } from "./page-script.ts";
export type { ExecRequest, PageConfig } from "./wire.ts";
