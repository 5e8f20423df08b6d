export { createLocalRuntime } from "./create-local-runtime.ts";
export type { LocalRuntime, LocalRuntimeOptions, RestartDelay } from "./local-runtime.ts";
