import { realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

export type InsideKind = "file" | "folder" | "other";

/** A path of a folder, all links followed. */
export interface InsidePath {
  /** An absolute path without links in it. */
  readonly path: string;
  readonly kind: InsideKind;
}

/**
 * Follows the links of a path and sees that it ends inside the folder.
 * @throws BowspritError `SOURCE_NOT_FOUND` for nothing there, `SOURCE_REFUSED` for a link that leads out, nowhere or in a circle.
 */
export async function resolveInside(location: string, path: string): Promise<InsidePath> {
  const attempt = `read ${path} of the folder ${location}`;
  const named = join(location, path);
  const codes = {
    ENOENT: ErrorCode.SourceNotFound,
    ENOTDIR: ErrorCode.SourceNotFound,
    ELOOP: ErrorCode.SourceRefused,
    EACCES: ErrorCode.SourceRefused,
  };
  try {
    const real = await realpath(named);
    if (real !== location && !real.startsWith(`${location}${sep}`)) throw leadsOut(attempt, real);
    const stats = await stat(real);
    return { path: real, kind: stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other" };
  } catch (error) {
    throw fromNodeError(error, {
      attempt,
      codes,
      details: { path },
      hint: "Mend the path or the link, or take it out of the folder.",
    });
  }
}

function leadsOut(attempt: string, real: string): BowspritError {
  return new BowspritError(
    ErrorCode.SourceRefused,
    `${attempt}: it is a link that leads out of the folder, to ${real}`,
    {
      hint: "Put the file itself into the folder: an extension may not read other files of the computer.",
    },
  );
}
