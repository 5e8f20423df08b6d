import { cleanText } from "@bowsprit/core";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a binary string, or nothing where it is not valid UTF-8. */
export function textOf(binary: string): string | undefined {
  if (isAscii(binary)) return binary;
  try {
    return utf8.decode(Buffer.from(binary, "latin1"));
  } catch {
    return undefined;
  }
}

/** The binary string of a text. */
export function binaryOf(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** A binary string for a message: one line, and in quotes unless it is a plain path. */
export function showPath(binary: string): string {
  if (/^[\w./@+-]{1,200}$/u.test(binary)) return binary;
  const text = Buffer.from(binary.slice(0, 1000), "latin1").toString("utf8");
  return JSON.stringify(text.length > 200 ? `${cleanText(text, 80)}…` : cleanText(text, 200));
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/u.test(text);
}
