import { constants } from "node:fs";
import { access, open, readdir, stat } from "node:fs/promises";
import { BowspritError, ErrorCode, fromNodeError, type Platform } from "@bowsprit/core";
import { type ExecutableFault, judgeExecutableHead } from "./judge-executable-head.ts";

const codes = {
  ENOENT: ErrorCode.ExecutableNotFound,
  ENOTDIR: ErrorCode.ExecutableNotFound,
  EACCES: ErrorCode.ExecutableNotRunnable,
  ELOOP: ErrorCode.ExecutableNotRunnable,
  ENAMETOOLONG: ErrorCode.ExecutableNotFound,
};

/**
 * Looks at a program before it is started.
 * @throws BowspritError `EXECUTABLE_NOT_FOUND`, `EXECUTABLE_NOT_RUNNABLE`.
 */
export async function inspectExecutable(attempt: string, path: string, platform: Platform): Promise<void> {
  const file = await stat(path).catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes, details: { path }, hint: "Check that the file is there." });
  });
  if (!file.isFile()) throw notRunnable(attempt, path, { why: "not a file", hint: "Name the program itself." });
  if (platform.os === "windows") return;
  await access(path, constants.X_OK).catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes, details: { path }, hint: `Make it executable: chmod +x ${path}` });
  });
  const fault = judgeExecutableHead(await readHead(path), platform);
  if (fault === undefined || (fault.foreign && platform.os === "linux" && (await emulatorsAreRegistered()))) return;
  throw notRunnable(attempt, path, fault);
}

// A program that may be run but not read is judged by the system alone; "#!" lets it pass here.
async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return Buffer.from("#!");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

// binfmt_misc: qemu for other processors, WSL for programs of Windows.
async function emulatorsAreRegistered(): Promise<boolean> {
  const names = await readdir("/proc/sys/fs/binfmt_misc").catch(() => []);
  return names.some((name) => name !== "register" && name !== "status");
}

function notRunnable(attempt: string, path: string, { why, hint }: Omit<ExecutableFault, "foreign">): BowspritError {
  return new BowspritError(ErrorCode.ExecutableNotRunnable, `${attempt}: ${why}`, { details: { path }, hint });
}
