import { createLineSplitter } from "./create-line-splitter.ts";

/** Turns the bytes of one output into texts. */
export interface TextReader {
  push(bytes: Uint8Array): void;
  /** Hands on what is still kept back: half a character, half a line. */
  end(): void;
}

export interface TextReaderOptions {
  /** One call per line, without its end; else one per piece. */
  readonly splitLines: boolean;
}

/** Reads UTF-8 wherever the pieces were cut, and hands on texts that are not empty, or lines. */
export function createTextReader(onText: (text: string) => void, { splitLines }: TextReaderOptions): TextReader {
  // A byte order mark is part of what a program wrote.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const lines = splitLines ? createLineSplitter(onText) : undefined;
  const take = (text: string): void => {
    if (text === "") return;
    if (lines === undefined) onText(text);
    else lines.push(text);
  };
  return {
    push: (bytes) => take(decoder.decode(bytes, { stream: true })),
    end() {
      take(decoder.decode());
      lines?.end();
    },
  };
}
