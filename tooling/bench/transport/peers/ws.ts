// ws: one connection, one binary message a question and one an answer, no compression.
import { once } from "node:events";
import { WebSocket } from "ws";
import { calls } from "../call.ts";
import { decodeMessage, encodeMessage } from "../message.ts";
import type { OpenPeer } from "../peer.ts";
import { createReplies } from "../replies.ts";

const nothing = Buffer.alloc(0);

export const open: OpenPeer = async (socket, call) => {
  const replies = createReplies();
  const code = calls.indexOf(call);
  const { body: sent = nothing, answer: form } = call;
  const connection = new WebSocket(`ws+unix://${socket}:/`, { perMessageDeflate: false });
  await once(connection, "open");
  connection.on("message", (data: Buffer) => {
    const { id, code: status, body } = decodeMessage(data);
    replies.arrived(id, { status, body: form === "json" ? body.toString() : body });
  });
  connection.on("close", () => replies.fail(new Error("ws lost its connection")));
  return {
    send() {
      const { id, answer } = replies.expect();
      connection.send(encodeMessage({ id, code, body: sent }));
      return answer;
    },
    [Symbol.asyncDispose]: async () => connection.terminate(),
  };
};
