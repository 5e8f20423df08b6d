import type { FileHandle } from "node:fs/promises";
import { posix } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createTarReader } from "../tar/create-tar-reader.ts";
import type { TarEntry } from "../tar/tar-entry.ts";
import { imageLimits } from "./image-limits.ts";
import type { FileRange } from "./read-range.ts";
import { throwIfAborted } from "./throw-if-aborted.ts";

/** Where the files of an archive of images lie in it. */
export interface ArchiveFiles {
  /**
   * The file of exactly this name; a link is followed inside the archive.
   * @throws BowspritError `SOURCE_REFUSED` for a link that leads out, nowhere or in a circle, and for what is neither file nor link.
   */
  find(name: string): FileRange | undefined;
}

/** What is read of an archive at once while only headers are looked for. */
const headBytes = 16_384;
/** Longer names are no names of an archive of images. */
const maxNameLength = 256;
/** A layer is linked to another one of the same archive, never to a link. */
const maxLinks = 4;

/** Stands for data that nobody wants, so that they need not be read. */
const nothing = Buffer.alloc(1_048_576);

/**
 * Finds the files of a tar archive by its headers: data are passed over, not read.
 * @throws BowspritError `SOURCE_REFUSED` for what is no whole tar archive, and for one that has a name twice; `ABORTED`.
 */
export async function indexArchive(
  file: FileHandle,
  size: number,
  options: { readonly attempt: string; readonly signal: AbortSignal | undefined },
): Promise<ArchiveFiles> {
  const { attempt, signal } = options;
  const entries = new Map<string, TarEntry>();
  let end = 0;
  const reader = createTarReader(
    {
      entry(entry) {
        end = entry.offset + entry.size;
        const name = entry.path.replace(/^\.\//u, "");
        if (entry.kind === "folder" || name.length > maxNameLength) return false;
        if (entries.has(name)) throw refused(attempt, `it holds ${JSON.stringify(name)} twice`);
        entries.set(name, entry);
        return false;
      },
      data() {},
      end() {},
    },
    { attempt, maxEntries: imageLimits.archiveEntries, maxBytes: size },
  );
  const head = Buffer.allocUnsafe(headBytes);
  while (reader.bytes < size) {
    throwIfAborted(signal, attempt);
    while (reader.bytes < end) reader.write(nothing.subarray(0, end - reader.bytes));
    const { bytesRead } = await file.read(head, 0, headBytes, reader.bytes);
    if (bytesRead === 0) break;
    reader.write(head.subarray(0, bytesRead));
  }
  reader.finish();
  return { find: (name) => findFile(entries, name, attempt) };
}

function findFile(entries: ReadonlyMap<string, TarEntry>, name: string, attempt: string): FileRange | undefined {
  let entry = entries.get(name);
  for (let hops = 0; entry !== undefined && entry.kind !== "file"; hops += 1) {
    const path = entry.path.replace(/^\.\//u, "");
    if (entry.kind !== "symlink" && entry.kind !== "hardlink")
      throw refused(attempt, `${JSON.stringify(name)} is no file`);
    if (hops === maxLinks) throw refused(attempt, `${JSON.stringify(name)} is a link to a link`);
    const target = posix.normalize(entry.kind === "symlink" ? posix.join(posix.dirname(path), entry.link) : entry.link);
    entry = entries.get(target);
    if (entry === undefined) throw refused(attempt, `${JSON.stringify(name)} is a link to what it does not hold`);
  }
  return entry && { offset: entry.offset, size: entry.size };
}

function refused(attempt: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: ${why}`, {
    hint: "Save the image again, with docker save or skopeo copy.",
  });
}
