import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Protocol } from "./peer.ts";

/**
 * Starts the backend of a protocol in a process of its own, at this socket. Disposing ends it.
 * @throws Error when it ends before it listens.
 */
export async function startBackend(protocol: Protocol, socket: string): Promise<AsyncDisposable> {
  const child = fork(join(import.meta.dirname, "backends", `${protocol}.ts`), [socket]);
  const gone = once(child, "exit");
  const isReady = await Promise.race([once(child, "message").then(() => true), gone.then(() => false)]);
  if (!isReady) throw new Error(`the ${protocol} backend ended before it listened`);
  return {
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
