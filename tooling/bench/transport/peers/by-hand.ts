// The floor: the bytes of the request are made once, and of the answer the status is read and the bytes are counted, nothing else.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Answer, Call } from "../call.ts";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socketPath, call) => {
  const head = headOf(call);
  const connections = new Set<Connection>();
  const free: Connection[] = [];
  const dial = async (): Promise<Connection> => {
    const connection = await openConnection(socketPath);
    connections.add(connection);
    return connection;
  };
  return {
    async send() {
      const connection = free.pop() ?? (await dial());
      const answer = await connection.ask(head, call.body);
      free.push(connection);
      return answer;
    },
    [Symbol.asyncDispose]: async () => connections.forEach(({ socket }) => socket.removeAllListeners().destroy()),
  };
};

interface Connection {
  readonly socket: Socket;
  ask(head: Buffer, body: Buffer | undefined): Promise<Answer>;
}

function headOf({ method, path, headers, body }: Call): Buffer {
  const length = body && { "content-length": body.length };
  const fields = Object.entries({ host: "localhost", ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${fields.join("")}\r\n`, "latin1");
}

async function openConnection(socketPath: string): Promise<Connection> {
  const socket = connect(socketPath);
  await once(socket, "connect");
  let asked = Promise.withResolvers<Answer>();
  let answer: Answer | undefined;
  let missing = 0;
  socket.on("error", (error) => asked.reject(error));
  socket.on("close", () => asked.reject(new Error("the backend closed a connection")));
  socket.on("data", (chunk) => {
    if (answer === undefined) [answer, missing] = readHead(chunk);
    missing -= chunk.length;
    if (missing > 0) return;
    asked.resolve(missing === 0 ? answer : { status: 0, body: "more than was announced" });
    answer = undefined;
  });
  return {
    socket,
    ask(head, body) {
      asked = Promise.withResolvers();
      if (body === undefined) socket.write(head);
      else {
        socket.cork();
        socket.write(head);
        socket.write(body);
        socket.uncork();
      }
      return asked.promise;
    },
  };
}

/** The backend writes a head at once, so it is whole; the second is how many bytes head and body have. */
function readHead(chunk: Buffer): [Answer, number] {
  const end = chunk.indexOf("\r\n\r\n") + 4;
  const head = chunk.toString("latin1", 0, end);
  const length = Number(head.slice(head.indexOf("content-length: ") + 16, head.indexOf("\r\n\r\n")));
  return [{ status: Number(head.slice(9, 12)), body: { length } }, end + length];
}
