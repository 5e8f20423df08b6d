import { answerTo, calls } from "../call.ts";
import { type IpcAnswer, type IpcQuestion, loadNodeIpc } from "../load-node-ipc.ts";

const routes = new Map(
  calls.map((call) => [call.path, { bodyBytes: call.body?.length ?? 0, answer: answerTo(call).toString("latin1") }]),
);

const ipc = await loadNodeIpc();
ipc.serve(process.argv[2] ?? "", () => process.send?.("ready"));
ipc.server.on("question", (data, socket) => {
  const { id, path, body = "" } = data as IpcQuestion;
  const route = routes.get(path);
  const status = route?.bodyBytes === body.length ? 200 : 400;
  ipc.server.emit(socket, "answer", { id, status, body: route?.answer ?? "" } satisfies IpcAnswer);
});
ipc.server.start();
process.once("disconnect", () => process.exit(0));
