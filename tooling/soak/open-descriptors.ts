import { readdirSync } from "node:fs";

/** How many descriptors this process has open. */
export function openDescriptors(): number {
  return readdirSync(process.platform === "linux" ? "/proc/self/fd" : "/dev/fd").length;
}
