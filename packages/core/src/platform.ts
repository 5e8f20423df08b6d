/** An operating system, as `metadata.json` spells it. */
export type OperatingSystem = "linux" | "darwin" | "windows";

/** A processor, as Node spells it. */
export type Processor = "x64" | "arm64";

/** A computer, as a value: passed in, never read inside logic, so that every platform's choices can be tested on any. */
export interface Platform {
  readonly os: OperatingSystem;
  readonly arch: Processor;
}

/** Node's `process.platform` and `process.arch` as a {@link Platform}; what is neither of ours is treated as Linux on x64. */
export function platformOf(platform: string, arch: string): Platform {
  return {
    os: platform === "win32" ? "windows" : platform === "darwin" ? "darwin" : "linux",
    arch: arch === "arm64" ? "arm64" : "x64",
  };
}
