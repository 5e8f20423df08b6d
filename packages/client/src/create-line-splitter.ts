/** Cuts a text that comes in pieces into its lines. */
export interface LineSplitter {
  push(text: string): void;
  /** Hands on what came after the last line end, if anything did. */
  end(): void;
}

/**
 * Calls `onLine` once per line, without its `\n` or `\r\n`, wherever the pieces were cut. Every character is looked at once, however
 * many pieces a line has.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let rest = "";
  const take = (line: string): void => onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  return {
    push(text) {
      let start = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
        const line = text.slice(start, end);
        start = end + 1;
        if (rest === "") {
          take(line);
          continue;
        }
        const whole = rest + line;
        rest = "";
        take(whole);
      }
      rest += start === 0 ? text : text.slice(start);
    },
    end() {
      const last = rest;
      rest = "";
      if (last !== "") onLine(last);
    },
  };
}
