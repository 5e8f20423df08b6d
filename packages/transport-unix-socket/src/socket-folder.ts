import { constants, type Stats } from "node:fs";
import { lstat, mkdir, open } from "node:fs/promises";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { openPathOnly } from "./connect-unix-socket.ts";

/** A folder that only we can change, held open where the system allows that: what was checked is what is used. */
export interface SocketFolder {
  /** The folder's own path, or a short one that means it for as long as it is held. */
  readonly path: string;
  close(): Promise<void>;
}

/** What the system can do, and what to call the attempt. */
export interface SocketFolderOptions {
  readonly hasProc: boolean;
  /** Begins the messages. */
  readonly attempt: string;
}

/**
 * Opens the folder that a socket is to be made in; one that is missing is created for us alone.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` for a link, the folder of another user, or one that others may write to,
 * `ENDPOINT_INVALID` for what is not a folder.
 */
export async function openSocketFolder(path: string, { hasProc, attempt }: SocketFolderOptions): Promise<SocketFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    // Something else than a folder has the name: the check below says what.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  if (!hasProc) {
    checkFolder(attempt, path, await lstat(path));
    return { path, close: async () => {} };
  }
  const handle = await open(path, openPathOnly | constants.O_NOFOLLOW);
  try {
    checkFolder(attempt, path, await handle.stat());
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { path: `/proc/self/fd/${handle.fd}`, close: () => handle.close() };
}

function checkFolder(attempt: string, path: string, folder: Stats): void {
  if (folder.isSymbolicLink()) throw forbidden(attempt, `${path} is a link`, "Name the folder itself.");
  if (!folder.isDirectory()) throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: ${path} is not a folder`);
  if (folder.uid !== process.getuid?.())
    throw forbidden(attempt, `${path} belongs to user ${folder.uid}`, "Use a folder of your own.");
  if ((folder.mode & 0o022) !== 0) {
    throw forbidden(attempt, `others may write to ${path}`, `Take the right to write from them: chmod go-w ${path}`);
  }
}

function forbidden(attempt: string, why: string, hint: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: ${why}`, { hint });
}
