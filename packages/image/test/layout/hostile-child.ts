import { readFileSync } from "node:fs";
import { openArchive } from "../../src/layout/open-archive.ts";
import { openLayoutFolder } from "../../src/layout/open-layout-folder.ts";
import { readImage } from "./read-image.ts";

// Reads the image at a path to its end and says how it went; run in a process of its own, whose memory is then this reading's.
const [, , path = "", staging = ""] = process.argv;
globalThis.gc?.();
const idle = process.memoryUsage.rss();
const begun = process.cpuUsage();
const outcome = await (staging === "" ? openLayoutFolder(path) : openArchive(path, { staging }))
  .then(async (image) => readImage(image))
  .then(
    () => ({ code: "read", message: "" }),
    (error: { code?: string; message: string }) => ({ code: error.code ?? "uncaught", message: error.message }),
  );
const { user, system } = process.cpuUsage(begun);
const ms = Math.round((user + system) / 1000);
const mebibytes = Math.round((peakKib() - idle / 1024) / 1024);
process.stdout.write(JSON.stringify({ ...outcome, ms, mebibytes }));

/** The most memory there ever was. On Linux from a place that does not count what the parent had when it started this process. */
function peakKib(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}
