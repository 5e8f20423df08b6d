/** How a process ended: `code` is null when a signal ended it. */
export interface ExecExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * A running process. Its two outputs are read as byte chunks, each once; an output nobody reads holds the process back once the
 * operating system's buffer is full. Disposing ends the whole process group and waits for it.
 */
export interface ExecProcess extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  /** Settles once, when the process has ended and its outputs are closed. Never rejects. */
  readonly exited: Promise<ExecExit>;
  /** Sends a signal to the whole process group; the default is SIGTERM. A process that has ended is left alone. */
  kill(signal?: string): void;
}

export interface ExecOptions {
  /** Added to the environment that the host builds from its allow-list. */
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory; each target documents its own default. */
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}
