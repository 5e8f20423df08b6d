/** Tells one process from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the operating system's own form; null where that cannot be read, and then the id alone decides. */
  readonly started: string | null;
}

/** What is known of this computer's processes; passed in, so that the death of a process can be told without one dying. */
export interface ProcessTable {
  self(): ProcessIdentity;
  /** The process that has this id now, or undefined when none has. */
  find(pid: number): ProcessIdentity | undefined;
  /** True while that very process, not a later one of the same id, is alive; a zombie is not. */
  isAlive(identity: ProcessIdentity): boolean;
}
