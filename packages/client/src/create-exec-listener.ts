import type { BowspritError } from "@bowsprit/core";
import { createTextReader, type TextReader } from "./create-text-reader.ts";
import type { ExecOutputPiece, ExecStreamOptions } from "./exec.ts";
import { nothingRan } from "./exec-failure.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import type { ExecEnding } from "./read-exec-end.ts";
import { execOutput, type ExecRequest } from "./wire.ts";

/** The page's side of a streamed exec: what came, told to its callbacks in the order they are promised. */
export interface ExecListener {
  /** A binary frame: a byte that says which output it is of, and the bytes. */
  take(frame: Uint8Array): void;
  end(ending: ExecEnding): void;
  /** The page wants no more output, and no error; it is still told the exit code. */
  mute(): void;
}

export interface ExecListenerOptions {
  readonly callbacks: ExecStreamOptions;
  /** Told what a callback threw. */
  readonly reportError: (error: unknown) => void;
}

/** Calls nothing after the first end, and nobody but `onClose` after it was muted. */
export function createExecListener(request: ExecRequest, options: ExecListenerOptions): ExecListener {
  const { callbacks, reportError } = options;
  let isMuted = false;
  let isOver = false;
  const attempt = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      reportError(error);
    }
  };
  const fail = (error: string | BowspritError): void => {
    if (!isMuted) attempt(() => callbacks.onError?.(typeof error === "string" ? error : nothingRan(request, error)));
  };
  const readerOf = (toPiece: (text: string) => ExecOutputPiece): TextReader =>
    createTextReader(
      (text) => {
        if (!isMuted) attempt(() => callbacks.onOutput?.(toPiece(text)));
      },
      { splitLines: callbacks.splitOutputLines === true },
    );
  const readers: ReadonlyMap<number | undefined, TextReader> = new Map([
    [execOutput.stdout, readerOf((stdout) => ({ stdout }))],
    [execOutput.stderr, readerOf((stderr) => ({ stderr }))],
  ]);
  return {
    take(frame) {
      if (!isMuted && !isOver) readers.get(frame[0])?.push(frame.subarray(1));
    },
    end(ending) {
      if (isOver) return;
      isOver = true;
      for (const reader of readers.values()) reader.end();
      if (ending.type === "error") {
        fail(ending.error);
        return;
      }
      if (ending.signal !== null) fail(ending.signal);
      attempt(() => callbacks.onClose?.(exitCodeOf(ending.code, ending.signal)));
    },
    mute() {
      isMuted = true;
    },
  };
}
