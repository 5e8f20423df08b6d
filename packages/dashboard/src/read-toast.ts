import { cleanText } from "@bowsprit/core";

const levels = ["success", "warning", "error"] as const;

/** How a toast is coloured and how long it stays. */
export type ToastLevel = (typeof levels)[number];

/** What a page may ask to be shown. */
export interface PageToast {
  readonly level: ToastLevel;
  readonly text: string;
}

/** Longer than anybody reads in passing. */
const maxTextLength = 500;

/** Reads a message of a page, field by field. Undefined for everything that is not a toast of known level with something to read. */
export function readToast(message: unknown): PageToast | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, level, text } = message as Readonly<Record<string, unknown>>;
  const known = levels.find((one) => one === level);
  if (type !== "toast" || known === undefined || typeof text !== "string") return undefined;
  const shown = cleanText(text, maxTextLength, { lines: true });
  return shown === "" ? undefined : { level: known, text: shown };
}
