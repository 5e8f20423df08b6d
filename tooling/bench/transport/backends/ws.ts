import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { answerTo, calls } from "../call.ts";
import { decodeMessage, encodeMessage } from "../message.ts";

const answers = calls.map(answerTo);
const nothing = Buffer.alloc(0);
const server = createServer();

new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (connection) => {
  connection.on("error", () => connection.terminate());
  connection.on("message", (data: Buffer) => {
    const { id, code, body } = decodeMessage(data);
    const isRight = body.length === (calls[code]?.body?.length ?? 0);
    connection.send(encodeMessage({ id, code: isRight ? 200 : 400, body: answers[code] ?? nothing }));
  });
});
server.listen(process.argv[2], () => process.send?.("ready"));
process.once("disconnect", () => process.exit(0));
