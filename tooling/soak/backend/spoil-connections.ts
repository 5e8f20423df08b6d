import type { Socket } from "node:net";
import { fillBody } from "../plan/fill-body.ts";
import type { Connection } from "./serve-connection.ts";

/** An answer that nobody asked for, whole and well-formed. */
const unasked = Buffer.concat([
  Buffer.from("HTTP/1.1 200 OK\r\nx-id: 999999999\r\ncontent-length: 20\r\n\r\n"),
  fillBody(999_999_999, ">", 20),
]);

type Spoil = (socket: Socket, done: () => void) => void;

const ways: readonly (readonly [name: string, spoil: Spoil])[] = [
  ["answer", (socket, done) => void socket.write(unasked, done)],
  ["end", (socket, done) => void socket.end(done)],
  ["garbage", (socket, done) => void socket.write("what?\r\n\r\n", done)],
  ["beginning", (socket, done) => void socket.write("HTTP/1.1 200 OK\r\ncontent-le", done)],
  ["close", (socket, done) => void socket.once("close", done).destroy()],
];

/**
 * Does to every connection on which no request is under way what ends it or should. Resolves when all of it is where the other side can
 * read it, and says what it was and to how many.
 */
export async function spoilConnections(connections: Iterable<Connection>, turn: number): Promise<string> {
  const [name, spoil] = ways[turn % ways.length] ?? ["nothing", (_, done) => done()];
  const idle = [...connections].filter((connection) => connection.isIdle());
  await Promise.all(idle.map(({ socket }) => new Promise<void>((resolve) => spoil(socket, resolve))));
  return `${name} ${idle.length}`;
}
