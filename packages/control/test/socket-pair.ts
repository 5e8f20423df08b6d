import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Both ends of one real connection over a Unix socket. Disposing closes both and leaves no file. */
export interface SocketPair extends AsyncDisposable {
  readonly client: Socket;
  readonly server: Socket;
}

export async function openSocketPair(): Promise<SocketPair> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-control-"));
  const listener = createServer({ allowHalfOpen: true }).listen(join(folder, "s"));
  await once(listener, "listening");
  const client = connect({ path: join(folder, "s"), allowHalfOpen: true });
  const [server] = (await once(listener, "connection")) as [Socket];
  for (const end of [client, server]) end.on("error", () => {});
  return {
    client,
    server,
    async [Symbol.asyncDispose]() {
      for (const end of [client, server]) await closed(end.destroy());
      await new Promise((resolve) => listener.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Everything a stream brings until it closes or ends. */
export async function readToEnd(stream: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (!stream.readableEnded) await closed(stream, "end");
  return Buffer.concat(chunks).toString("latin1");
}

/** Resolves when a stream has closed, or another event came; at once when it is closed already. An error is one way to close. */
export function closed(stream: Socket, event: "close" | "end" = "close"): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    stream.once(event, () => resolve()).once("close", () => resolve());
  });
}
