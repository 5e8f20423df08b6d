import type { Platform, Processor } from "@bowsprit/core";

/** Why a file cannot be run, in words. */
export interface ExecutableFault {
  readonly why: string;
  readonly hint: string;
  /** True where another processor or system could run it, so that an emulator that is registered here may, too. */
  readonly foreign: boolean;
}

const elfMachines: Readonly<Record<Processor, readonly number[]>> = { x64: [3, 62], arm64: [40, 183] };
const machineNames: Readonly<Record<number, string>> = { 3: "x86", 40: "arm", 62: "x64", 183: "arm64" };

/**
 * Judges the first bytes of an executable as the operating system will. It must be done before the start: where the system refuses a
 * file, the C library goes on and gives it to a shell. Undefined means that it can be run.
 */
export function judgeExecutableHead(head: Uint8Array, { os, arch }: Platform): ExecutableFault | undefined {
  if (os === "windows" || startsWith(head, "#!")) return undefined;
  if (startsWith(head, "\u007fELF")) {
    const machine = (head[18] ?? 0) | ((head[19] ?? 0) << 8);
    if (os !== "linux") return foreign("a program for Linux");
    return elfMachines[arch].includes(machine)
      ? undefined
      : foreign(`a program for ${machineNames[machine] ?? "another processor"}`);
  }
  if (isMachO(head)) return os === "darwin" ? undefined : foreign("a program for macOS");
  if (startsWith(head, "MZ")) return foreign("a program for Windows");
  if (head.includes(0)) return foreign("neither a program of this system nor a script");
  return {
    why: head.length === 0 ? "the file is empty" : "a script without a #! line",
    hint: "Begin the file with #! and the path of its interpreter: it is never given to a shell.",
    foreign: false,
  };
}

function foreign(why: string): ExecutableFault {
  return { why, hint: "Use a build for this operating system and processor.", foreign: true };
}

function startsWith(head: Uint8Array, text: string): boolean {
  return Buffer.from(head.subarray(0, text.length)).toString("latin1") === text;
}

function isMachO(head: Uint8Array): boolean {
  return ["\u00cf\u00fa\u00ed\u00fe", "\u00ce\u00fa\u00ed\u00fe", "\u00ca\u00fe\u00ba\u00be"].some((magic) =>
    startsWith(head, magic),
  );
}
