import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { refuse, send } from "./send.ts";

/** One file that may be sent. */
export interface FileAnswer {
  /** The folder that it must really be in. */
  readonly folder: string;
  /** Relative, with `/`, out of a list of ours: never out of a request. */
  readonly path: string;
  readonly type: string;
  readonly headers: readonly string[];
  /** Names the state of the file: the same text, the same bytes. */
  readonly version: string;
  /** Changes the whole document on its way; for small documents only. */
  readonly edit?: (bytes: Buffer) => Buffer;
}

/**
 * Sends a regular file; a link, a folder or a device that took its name since it was listed is not found (H35). Ranges are not offered,
 * and asking for one gets the whole file (H36).
 */
export async function sendFile(request: IncomingMessage, response: ServerResponse, answer: FileAnswer): Promise<void> {
  const { headers, version, edit, type } = answer;
  const all = [...headers, "etag", `"${version}"`];
  if (request.headers["if-none-match"] === `"${version}"`) {
    response.writeHead(304, all).end();
    return;
  }
  await using file = await openRegular(answer);
  if (file === undefined) return refuse(response, { status: 404 });
  if (edit !== undefined) return send(response, { status: 200, headers: all, type, body: edit(await file.readFile()) });
  const { size } = await file.stat();
  response.writeHead(200, [...all, "content-type", type, "content-length", String(size)]);
  if (request.method === "HEAD" || size === 0) response.end();
  else await pipeline(file.createReadStream({ autoClose: false, end: size - 1 }), response).catch(() => undefined);
}

async function openRegular({ folder, path }: FileAnswer): Promise<FileHandle | undefined> {
  const full = join(folder, path);
  try {
    if ((await realpath(full)) !== join(await realpath(folder), path)) return undefined;
    const file = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch {
    // Not there, or not ours to read: the same for whoever asks.
  }
  return undefined;
}
