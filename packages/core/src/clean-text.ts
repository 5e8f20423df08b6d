// Bidirectional controls reorder what a person reads; the separators and the byte order mark break lines or hide.
const invisible = /[\p{Bidi_Control}\u2028\u2029\ufeff]/gu;
const controls = /\p{Cc}+/gu;
const controlsButLines = /[^\P{Cc}\n\t]+/gu;

export interface CleanTextOptions {
  /** Keeps line feeds and tabs; the default is one line. */
  readonly lines?: boolean;
}

/**
 * A stranger's text made safe to print: no control or bidirectional characters, no half characters, at most `maxLength` of UTF-16
 * units. It is still text: whoever puts it into a page or a terminal escapes for that place.
 */
export function cleanText(text: string, maxLength: number, options: CleanTextOptions = {}): string {
  const cleaned =
    options.lines === true
      ? text.replaceAll(/\r\n?/gu, "\n").replaceAll(controlsButLines, "")
      : text.replaceAll(controls, " ");
  const shown = cleaned.replaceAll(invisible, "").toWellFormed().trim();
  if (shown.length <= maxLength) return shown;
  return shown.slice(0, maxLength).replace(/[\ud800-\udbff]$/u, "");
}

/** A stranger's text for an error message: one line, quoted, 80 characters at most. */
export function quoteText(text: string): string {
  return JSON.stringify(text.length > 200 ? `${cleanText(text, 80)}…` : cleanText(text, 200));
}
