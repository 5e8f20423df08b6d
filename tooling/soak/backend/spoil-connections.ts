import { fillBody } from "../plan/fill-body.ts";
import type { Connection } from "./serve-connection.ts";

/** An answer that nobody asked for, whole and well-formed. */
const unasked = Buffer.concat([
  Buffer.from("HTTP/1.1 200 OK\r\nx-id: 999999999\r\ncontent-length: 20\r\n\r\n"),
  fillBody(999_999_999, ">", 20),
]);

const ways: readonly (readonly [name: string, spoil: (connection: Connection) => void])[] = [
  ["answer", ({ socket }) => void socket.write(unasked)],
  ["end", ({ socket }) => void socket.end()],
  ["garbage", ({ socket }) => void socket.write("what?\r\n\r\n")],
  ["beginning", ({ socket }) => void socket.write("HTTP/1.1 200 OK\r\ncontent-le")],
  ["close", ({ socket }) => void socket.destroy()],
];

/** Does one thing that a backend must not do to every connection on which no request is under way; says what and to how many. */
export function spoilConnections(connections: Iterable<Connection>, turn: number): string {
  const [name, spoil] = ways[turn % ways.length] ?? ["nothing", () => {}];
  const idle = [...connections].filter((connection) => connection.isIdle());
  for (const connection of idle) spoil(connection);
  return `${name} ${idle.length}`;
}
