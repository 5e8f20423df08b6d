// The backend of everything that speaks HTTP: it answers with bytes that were made beforehand, and knows as much of HTTP as it is sent here.
import { createServer, type Socket } from "node:net";
import { type Call, answerTo, calls } from "../call.ts";

interface Route {
  readonly bodyBytes: number;
  readonly answer: Buffer;
}

const headEnd = "\r\n\r\n";
const routes = new Map(calls.map((call) => [`${call.method} ${call.path}`, routeOf(call)]));
const refused = Buffer.from("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");

function routeOf(call: Call): Route {
  const body = answerTo(call);
  const type = call.answer === "json" ? "application/json" : "application/octet-stream";
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}${headEnd}`;
  return { bodyBytes: call.body?.length ?? 0, answer: Buffer.concat([Buffer.from(head), body]) };
}

/** Where a request goes; none for one that no client of this bench should send. */
function findRoute(head: string): Route | undefined {
  const route = routes.get(head.slice(0, head.indexOf(" HTTP/1.1\r\n")));
  const length = Number(/\r\ncontent-length: *(\d+)/iu.exec(head)?.[1] ?? 0);
  return length === route?.bodyBytes ? route : undefined;
}

/** Nobody here sends a request before the last one was answered. */
function accept(socket: Socket): void {
  let held: Buffer | undefined;
  let route: Route | undefined;
  let missing = 0;
  const begin = (chunk: Buffer): void => {
    const all = held === undefined ? chunk : Buffer.concat([held, chunk]);
    const end = all.indexOf(headEnd);
    held = end === -1 ? all : undefined;
    if (end === -1) return;
    route = findRoute(all.toString("latin1", 0, end));
    if (route === undefined) socket.end(refused);
    else missing = route.bodyBytes + end + headEnd.length - all.length;
  };
  socket.on("data", (chunk) => {
    if (route === undefined) begin(chunk);
    else missing -= chunk.length;
    if (route === undefined || missing > 0) return;
    if (missing < 0) socket.end(refused);
    else socket.write(route.answer);
    route = undefined;
  });
  socket.on("error", () => socket.destroy());
}

createServer(accept).listen(process.argv[2], () => process.send?.("ready"));
process.once("disconnect", () => process.exit(0));
