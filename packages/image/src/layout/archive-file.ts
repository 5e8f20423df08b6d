import type { FileHandle } from "node:fs/promises";
import type { ArchiveFiles } from "./index-archive.ts";

/** An archive of images that was opened and indexed; plain by now. */
export interface ArchiveFile {
  readonly location: string;
  readonly handle: FileHandle;
  readonly files: ArchiveFiles;
  readonly signal: AbortSignal | undefined;
}
