// node-ipc's own client as it comes: one connection, its fast parser, bodies as text in its JSON.
import { type IpcAnswer, type IpcQuestion, loadNodeIpc } from "../load-node-ipc.ts";
import type { OpenPeer } from "../peer.ts";
import { createReplies } from "../replies.ts";

const id = "backend";

export const open: OpenPeer = async (socket, { path, body: bytes }) => {
  const ipc = await loadNodeIpc();
  const replies = createReplies();
  const body = bytes?.toString("latin1");
  ipc.connectTo(id, socket);
  const backend = ipc.of[id];
  if (backend === undefined) throw new Error("node-ipc did not begin to connect");
  const { promise: connected, resolve, reject } = Promise.withResolvers<unknown>();
  backend.on("connect", resolve);
  backend.on("disconnect", () => {
    const reason = new Error("node-ipc lost its connection");
    reject(reason);
    replies.fail(reason);
  });
  backend.on("answer", (data) => {
    const { id: answered, ...answer } = data as IpcAnswer;
    replies.arrived(answered, answer);
  });
  await connected;
  return {
    send() {
      const { id: asked, answer } = replies.expect();
      backend.emit("question", { id: asked, path, ...(body !== undefined && { body }) } satisfies IpcQuestion);
      return answer;
    },
    [Symbol.asyncDispose]: async () => ipc.disconnect(id),
  };
};
