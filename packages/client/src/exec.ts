import type { ExecResult } from "@bowsprit/core";

/** Where and with what a program runs. */
export interface ExecOptions {
  readonly cwd?: string;
  /** Added to the environment a program has anyway; undefined values are left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One piece of one of the two outputs. */
export type ExecOutputPiece =
  | { readonly stdout: string; readonly stderr?: undefined }
  | { readonly stdout?: undefined; readonly stderr: string };

/** Who is told what a program does. What a callback throws is reported to the page and disturbs nothing else. */
export interface ExecStreamOptions {
  onOutput?(piece: ExecOutputPiece): void;
  /** Nothing ran, or the connection broke: then nothing more is called. A signal ended the program: its name, and `onClose` follows. */
  onError?(error: unknown): void;
  /** Called once, after all output; 128+n where a signal ended the program. */
  onClose?(exitCode: number): void;
  /** One call per line, without its end. The default, false, hands on the pieces as they come. */
  readonly splitOutputLines?: boolean;
}

export interface SpawnOptions extends ExecOptions {
  readonly stream: ExecStreamOptions;
}

/** A program under way. It is no promise: `await` on it does nothing. */
export interface ExecHandle {
  /** Ends the program politely. No output is handed on after it. */
  close(): void;
}

/** Runs a program: the whole result as a promise, or the stream of its output when `options.stream` is there. */
export interface Exec {
  (cmd: string, args: readonly string[], options: SpawnOptions): ExecHandle;
  (cmd: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>;
}
