import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

/** What an argument of an install names. */
export type SourceDescription =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "archive"; readonly path: string }
  | { readonly kind: "layout"; readonly path: string }
  | { readonly kind: "reference"; readonly text: string };

/**
 * Decides what an argument names: a path where it exists and is a file, holds `metadata.json`, or is an OCI layout, else an image
 * reference. An argument that can only be a path never becomes a reference.
 * @throws BowspritError `SOURCE_NOT_FOUND` for a path without anything, `METADATA_MISSING` for a folder without metadata.
 */
export async function describeSource(argument: string): Promise<SourceDescription> {
  const path = resolve(argument);
  const attempt = `install ${argument}`;
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fromNodeError(error, { attempt, codes: { EACCES: ErrorCode.SourceRefused, ELOOP: ErrorCode.SourceRefused } });
  });
  if (found?.isFile() === true) return { kind: "archive", path };
  if (found?.isDirectory() === true) {
    const metadata = await stat(join(path, "metadata.json")).catch(() => undefined);
    if (metadata !== undefined) return { kind: "folder", path };
    if ((await stat(join(path, "oci-layout")).catch(() => undefined)) !== undefined) return { kind: "layout", path };
    throw new BowspritError(ErrorCode.MetadataMissing, `${attempt}: the folder holds no metadata.json`, {
      details: { path },
      hint: "Give the folder that an extension's image is made of: metadata.json is at its top.",
    });
  }
  if (found === undefined && !canOnlyBePath(argument)) return { kind: "reference", text: argument };
  throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: no such file or folder`, {
    details: { path },
    hint: "Check the path; a relative one begins where the command is run.",
  });
}

function canOnlyBePath(argument: string): boolean {
  return argument === "" || /^(?:\.{0,2}[/\\]|\.{1,2}$|~|[A-Za-z]:[/\\])|[/\\]$/u.test(argument);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
