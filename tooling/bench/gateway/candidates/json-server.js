// The backend of all candidates, and on a port of its own the floor: a small JSON answer to everything.
import { createServer } from "node:http";

const body = JSON.stringify({ message: "Hello from the backend", items: [1, 2, 3], ok: true });
const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
// Whoever sends decides when a connection has been idle for too long: a request must never meet a closing one.
server.keepAliveTimeout = 0;

const socket = process.env.BOWSPRIT_SOCKET;
if (socket === undefined) server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
else server.listen(socket, () => process.send?.({ port: 0 }));
process.once("disconnect", () => process.exit(0));
