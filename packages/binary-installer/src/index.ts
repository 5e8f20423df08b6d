export { adoptExecutables, type Adoption, type AdoptOptions, type InstalledExecutable } from "./adopt-executables.ts";
export { chooseExecutables, type ExecutableChoice } from "./choose-executables.ts";
export { createExecutableRunner, type ExecutableRunner, type StartOptions } from "./create-executable-runner.ts";
export { resolveExecutable } from "./resolve-executable.ts";
