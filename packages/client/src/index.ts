export { pageScript } from "./page-script.ts";
export {
  errorHeader,
  type ExecEnd,
  execOutput,
  type ExecRequest,
  hostExecPath,
  type PageConfig,
  requestHeader,
  servicePrefix,
} from "./wire.ts";
