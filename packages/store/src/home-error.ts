import { type BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

const unusable = ErrorCode.HomeUnusable;
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOENT: unusable,
  ENOTDIR: unusable,
  EISDIR: unusable,
  EEXIST: unusable,
  ENOTEMPTY: unusable,
  EACCES: unusable,
  EPERM: unusable,
  ELOOP: unusable,
  EINVAL: unusable,
  ENAMETOOLONG: unusable,
  EXDEV: unusable,
  EMLINK: unusable,
  ENOTSUP: unusable,
  ENOSYS: unusable,
  EBUSY: unusable,
};

/** A failed file operation below the home as `HOME_UNUSABLE`; what is not one keeps its own code. */
export function homeError(reason: unknown, attempt: string): BowspritError {
  return fromNodeError(reason, {
    attempt,
    codes,
    hint: "Check that the home folder exists on a local disk with free space and that you may write to it, or choose another with --home.",
  });
}

/** True for a file system error of that code. */
export function hasErrno(reason: unknown, ...errnos: readonly string[]): boolean {
  return reason instanceof Error && "code" in reason && typeof reason.code === "string" && errnos.includes(reason.code);
}
