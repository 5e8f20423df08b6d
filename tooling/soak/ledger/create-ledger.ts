import { closeSync, openSync, writeSync } from "node:fs";

/** A file of lines that is only ever added to. Disposing writes what is left and closes it. */
export interface Ledger extends Disposable {
  line(text: string): void;
}

const pieceChars = 64 * 1024;

/** A ledger of this process: it is written in large pieces, for nobody kills the client. */
export function createLedger(path: string): Ledger {
  const file = openSync(path, "wx");
  let text = "";
  const flush = (): void => {
    writeSync(file, text);
    text = "";
  };
  return {
    line(added) {
      text += `${added}\n`;
      if (text.length >= pieceChars) flush();
    },
    [Symbol.dispose]() {
      flush();
      closeSync(file);
    },
  };
}
