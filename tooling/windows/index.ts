export { bundle } from "./bundle.ts";
export { findWine, type Wine } from "./find-wine.ts";
export { runWindowsNode, toWindowsPath, type WindowsResult, type WindowsRun } from "./run-windows-node.ts";
export { windowsSuite } from "./windows-suite.ts";
export { openPrefix, type WinePrefix } from "./wine-prefix.ts";
