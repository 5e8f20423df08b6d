import { openArchive } from "../../src/layout/open-archive.ts";
import { openLayoutFolder } from "../../src/layout/open-layout-folder.ts";
import { readImage } from "./read-image.ts";

// Reads the image at a path to its end and says how it went; run in a process of its own, whose memory is then this reading's.
const [, , path = "", staging = ""] = process.argv;
globalThis.gc?.();
const idle = process.memoryUsage.rss();
const begun = performance.now();
const outcome = await (staging === "" ? openLayoutFolder(path) : openArchive(path, { staging }))
  .then(async (image) => readImage(image))
  .then(
    () => ({ code: "read", message: "" }),
    (error: { code?: string; message: string }) => ({ code: error.code ?? "uncaught", message: error.message }),
  );
const ms = Math.round(performance.now() - begun);
// Both in KiB: the highest there ever was, less what it was before.
const mebibytes = Math.round((process.resourceUsage().maxRSS - idle / 1024) / 1024);
process.stdout.write(JSON.stringify({ ...outcome, ms, mebibytes }));
