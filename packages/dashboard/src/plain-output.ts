import { cleanText } from "@bowsprit/core";

const colours = /\u001b\[[0-9;:?]*[A-Za-z]/gu;
/** Longer lines are cut: a browser lays out each of them whole. */
const maxLineLength = 4000;

/** A line of output as text: without the colours and cursor movements that were meant for a terminal. */
export function plainOutput(text: string): string {
  return cleanText(text.replaceAll(colours, ""), maxLineLength, { lines: true });
}
