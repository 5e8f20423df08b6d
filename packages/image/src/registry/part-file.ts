import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";

/** A blob on its way to the disk: a file `<hex>.part` that gets its name when all of it is there and right. */
export interface PartFile extends AsyncDisposable {
  /** Bytes that are there. */
  readonly size: number;
  /** Whether some of them were there when it was opened: nobody knows who wrote them. */
  readonly isContinued: boolean;
  /** @throws BowspritError `DIGEST_MISMATCH` for more bytes than the blob has, `HOME_UNUSABLE`. */
  append(chunk: Buffer): Promise<void>;
  /** Begins anew. */
  clear(): Promise<void>;
  /** Removes the file; what it answers with, `DIGEST_MISMATCH`, is for the caller to throw. */
  refuse(why: string): Promise<BowspritError>;
  /** Gives the file its name. @throws BowspritError `DIGEST_MISMATCH`, and the file is gone. */
  finish(): Promise<void>;
}

const readBytes = 1024 * 1024;

/** Opens or continues a part; disposing closes the file and leaves it, for the next try. */
export async function openPart(path: string, descriptor: Descriptor, attempt: string): Promise<PartFile> {
  const onDisk = async <Result>(work: Promise<Result>): Promise<Result> => work.catch(diskError(attempt));
  const part = `${path}.part`;
  await onDisk(mkdir(dirname(path), { recursive: true, mode: 0o700 }));
  const file = await onDisk(open(part, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600));
  if ((await onDisk(file.stat())).size > descriptor.size) await onDisk(file.truncate(0));
  let { hash, size } = await onDisk(hashFile(file));
  let isContinued = size > 0;
  const refuse = async (why: string): Promise<BowspritError> => {
    await rm(part, { force: true });
    return mismatch(`${attempt}: ${why}`, descriptor);
  };
  const clear = async (): Promise<void> => {
    await onDisk(file.truncate(0));
    hash = createHash("sha256");
    size = 0;
    isContinued = false;
  };
  return {
    get size() {
      return size;
    },
    get isContinued() {
      return isContinued;
    },
    async append(chunk) {
      if (size + chunk.length > descriptor.size) throw await refuse("it is longer than its manifest says");
      hash.update(chunk);
      for (let done = 0; done < chunk.length;)
        done += (await onDisk(file.write(chunk, done, chunk.length - done, size + done))).bytesWritten;
      size += chunk.length;
    },
    clear,
    refuse,
    async finish() {
      const found = `sha256:${hash.digest("hex")}`;
      if (found !== descriptor.digest) throw await refuse(`its bytes have the digest ${found}`);
      await onDisk(rename(part, path));
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Whether a blob that was fetched before is still what it was. */
export async function isWhole(path: string, descriptor: Descriptor): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (file === undefined) return false;
  try {
    if ((await file.stat()).size !== descriptor.size) return false;
    return `sha256:${(await hashFile(file)).hash.digest("hex")}` === descriptor.digest;
  } finally {
    await file.close();
  }
}

async function hashFile(file: FileHandle): Promise<{ hash: Hash; size: number }> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(readBytes);
  let size = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, size);
    if (bytesRead === 0) return { hash, size };
    hash.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
}

function diskError(attempt: string): (error: unknown) => never {
  return (error) => {
    throw fromNodeError(error, { attempt, codes: { ENOENT: ErrorCode.HomeUnusable, EACCES: ErrorCode.HomeUnusable } });
  };
}

function mismatch(message: string, { digest }: Descriptor): BowspritError {
  return new BowspritError(ErrorCode.DigestMismatch, message, {
    details: { digest },
    hint: "The registry, or something before it, sent other bytes. Try again; if it stays, ask who runs it.",
  });
}
