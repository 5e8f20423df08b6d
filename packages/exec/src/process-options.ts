/** What a process reads: nothing, our own input, or bytes and texts from the caller. */
export type ProcessInput = "ignore" | "inherit" | AsyncIterable<Uint8Array | string>;

/** How one process is started. Nothing is added to it and nothing is inherited but what is said here. */
export interface ProcessOptions {
  /** The program, as an absolute path, and its arguments, which reach it verbatim: there is no shell. */
  readonly argv: readonly [string, ...string[]];
  /** The folder it starts in, an absolute path. */
  readonly cwd: string;
  /** Its whole environment; see `hostEnvironment` for a safe one. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * The default is `"ignore"`: the process finds its input at its end. A source that fails ends the process, which must not take a part
   * for the whole; a process that stops reading early is nobody's failure.
   */
  readonly stdin?: ProcessInput;
  /**
   * `"pipe"`, the default: the outputs are read here and the process leads a group of its own. `"inherit"`: it writes to our own outputs
   * and stays in our group, so that Ctrl-C and job control reach it, and only the process itself is ended with it.
   */
  readonly output?: "pipe" | "inherit";
  /** Ends the process as disposing does. */
  readonly signal?: AbortSignal;
  /** Milliseconds between SIGTERM and SIGKILL when the process is ended; the default, 5,000, is enough for a server to close. */
  readonly graceMs?: number;
}
