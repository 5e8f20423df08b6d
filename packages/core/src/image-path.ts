import { quoteText } from "./clean-text.ts";
import { limits } from "./limits.ts";
import { metadataError } from "./metadata-error.ts";

/**
 * The path of a file or folder in an image as a relative one with `/` and without `.` or `..`; `.` is the whole image. A leading `/`
 * is the image's root, and a `/` at the end stays.
 * @throws BowspritError `METADATA_INVALID`, naming `path`, for a text that leads out of the image, is a URL or a Windows path, or
 * holds a control character.
 */
export function parseImagePath(text: string, path: string): string {
  const flaw = flawOf(text);
  if (flaw !== undefined) throw metadataError(path, `${quoteText(text)} ${flaw}`, hint);
  const segments: string[] = [];
  for (const segment of text.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) throw metadataError(path, `${quoteText(text)} leads out of the image`, hint);
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  if (segments.length === 0) return ".";
  return segments.join("/") + (text.endsWith("/") ? "/" : "");
}

const hint = "Write the path of a file in the image, with forward slashes: ui/index.html.";

function flawOf(text: string): string | undefined {
  if (text.length > limits.pathLength) return `is longer than ${limits.pathLength} characters`;
  if (/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u.test(text) || !text.isWellFormed())
    return "holds a character that no path may hold";
  if (text.includes("\\")) return "holds a backslash";
  if (/^[a-z]:/iu.test(text)) return "is a Windows path";
  if (/^[a-z][a-z0-9+.-]*:/iu.test(text) || text.startsWith("//")) return "is a URL";
  return undefined;
}
