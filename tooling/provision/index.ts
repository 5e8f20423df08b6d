export { aptCommand } from "./apt.ts";
export { findProgram } from "./find-program.ts";
export { provide } from "./provide.ts";
export { type ProgramOptions, runProgram } from "./run-program.ts";
export type { Lack, Suite } from "./suite.ts";
