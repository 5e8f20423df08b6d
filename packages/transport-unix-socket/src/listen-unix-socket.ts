import type { Stats } from "node:fs";
import { lstat, unlink } from "node:fs/promises";
import type { Socket } from "node:net";
import { basename, dirname } from "node:path";
import { type CallOptions, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { CloseOptions, Listener } from "@bowsprit/transport";
import { createAcceptor } from "./acceptor.ts";
import { bindSocketFile } from "./bind-socket-file.ts";
import { createCallLimit } from "./call-limit.ts";
import type { SocketAddress } from "./check-socket-path.ts";
import { isSameFile } from "./clear-stale-socket.ts";
import { openSocketFolder } from "./socket-folder.ts";

/** Binding is immediate; the limit is for the question whether an old socket still answers. */
const defaultTimeoutMs = 5000;

const codes = {
  EEXIST: ErrorCode.EndpointInUse,
  ENOENT: ErrorCode.EndpointInUse,
  ENOTDIR: ErrorCode.EndpointInvalid,
  EROFS: ErrorCode.EndpointForbidden,
};

/** How to listen, and who gets the streams. */
export interface ListenOptions extends CallOptions {
  readonly hasProc: boolean;
  /** Begins the messages. */
  readonly attempt: string;
  readonly accept: (stream: Socket) => void;
}

/** Listens on an address that was checked. The listener holds the folder of its file until it is closed. */
export async function listenUnixSocket(address: SocketAddress, options: ListenOptions): Promise<Listener> {
  const { attempt, timeoutMs = defaultTimeoutMs } = options;
  using limit = createCallLimit(attempt, { ...options, timeoutMs });
  limit.check();
  const acceptor = createAcceptor(options.accept);
  const folder = await openSocketFolder(dirname(address.path), options).catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes });
  });
  const path = `${folder.path}/${basename(address.path)}`;
  let file: Stats | undefined;
  let closed: Promise<void> | undefined;
  const close: Listener["close"] = (closing) => (closed ??= end(closing));
  const end = async (closing?: CloseOptions): Promise<void> => {
    if (file !== undefined) await removeFile(path, file);
    await acceptor.stop(closing);
    await folder.close();
  };
  try {
    file = await bindSocketFile(acceptor.server, { ...options, folder, name: basename(address.path) });
    limit.check();
  } catch (error) {
    await close();
    throw fromNodeError(error, { attempt, codes });
  }
  return { address, close, [Symbol.asyncDispose]: () => close() };
}

/** Before the server stops: as long as it runs, the number of its file cannot be given to another one. */
async function removeFile(path: string, file: Stats): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found !== undefined && isSameFile(found, file)) await unlink(path).catch(() => {});
}
