import { existsSync } from "node:fs";
import { type Platform, platformOf } from "@bowsprit/core";

/** The computer this package runs on; the one place where it asks. */
export const thisPlatform: Platform = platformOf(process.platform, process.arch);

/** True where `/proc` tells of processes. */
export const hasProcessFiles: boolean = process.platform === "linux" && existsSync("/proc/self/stat");
