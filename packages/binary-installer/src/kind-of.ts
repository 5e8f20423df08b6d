import { lstat } from "node:fs/promises";

export type FileKind = "file" | "folder";

/** What is at a path; undefined for nothing, and for what is neither a regular file nor a folder. */
export async function kindOf(path: string): Promise<FileKind | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isFile() === true) return "file";
  return stats?.isDirectory() === true ? "folder" : undefined;
}
