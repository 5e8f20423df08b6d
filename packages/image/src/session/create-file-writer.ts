import { createHash, type Hash } from "node:crypto";
import { closeSync, constants, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WrittenFile } from "../extension-image.ts";
import type { ImageFile } from "../tree/image-file.ts";
import type { FileSink } from "./read-files.ts";

/** Writes files into an empty folder of ours. Disposing closes what a failure left open. */
export interface FileWriter extends FileSink, Disposable {
  /** What was written so far, in no order. */
  readonly files: readonly WrittenFile[];
}

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

/**
 * Regular files only, each made new (an existing name, be it a link, is an error), hashed as they are written. Synchronous: it works in a
 * thread of its own, where waiting for the disk keeps nobody.
 */
export function createFileWriter(target: string): FileWriter {
  const files: WrittenFile[] = [];
  const folders = new Set<string>();
  let open: readonly { readonly file: ImageFile; readonly descriptor: number }[] = [];
  let hash: Hash | undefined;

  const openFile = (file: ImageFile) => {
    const path = join(target, file.path);
    const folder = dirname(path);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    return { file, descriptor: openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, file.mode) };
  };
  const close = (): void => {
    for (const { descriptor } of open) closeSync(descriptor);
    open = [];
  };
  return {
    files,
    begin(wanted) {
      hash = createHash("sha256");
      for (const file of wanted) open = [...open, openFile(file)];
    },
    data(chunk) {
      hash?.update(chunk);
      for (const { descriptor } of open) {
        for (let written = 0; written < chunk.length;) written += writeSync(descriptor, chunk, written);
      }
    },
    end() {
      const sha256 = hash?.digest("hex") ?? "";
      for (const { file } of open) files.push({ path: file.path, sha256, size: file.size, mode: file.mode });
      close();
    },
    [Symbol.dispose]: close,
  };
}
