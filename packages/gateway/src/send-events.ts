import type { Host } from "@bowsprit/sdk";
import type { WebSocket } from "ws";

/** Sends what happens to the extensions, one text frame each, no faster than they are taken: a slow reader misses what was between. */
export function sendEvents(socket: WebSocket, host: Host): void {
  const gone = new AbortController();
  socket.once("close", () => gone.abort());
  socket.on("error", () => socket.terminate());
  const run = async (): Promise<void> => {
    for await (const event of host.watch({ signal: gone.signal })) {
      const { promise: sent, resolve } = Promise.withResolvers<void>();
      socket.send(JSON.stringify(event), () => resolve());
      await sent;
    }
  };
  run().then(
    () => socket.close(1001),
    () => socket.close(1011),
  );
}
