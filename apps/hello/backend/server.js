// The backend: HTTP on a Unix socket, or on a named pipe under Windows. It opens no TCP port.
import { lstat, unlink } from "node:fs/promises";
import { createServer } from "node:http";
import { answer } from "./routes.js";

const address = process.env.BOWSPRIT_SOCKET ?? "/run/guest-services/hello.sock";
const isPipe = address.startsWith("\\\\");

/** A socket that an earlier run left behind keeps its name taken; anything else under that name is not ours to remove. */
async function removeStaleSocket() {
  const found = await lstat(address).catch(() => undefined);
  if (found?.isSocket() === true) await unlink(address);
}

function stop() {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}

const server = createServer((request, response) => void answer(request, response));
server.on("error", (reason) => {
  console.error(`hello: listen on ${address}: ${reason.message}`);
  process.exit(1);
});
process.once("SIGTERM", stop).once("SIGINT", stop);

if (!isPipe) await removeStaleSocket();
server.listen(address, () => console.log(`hello: listening on ${address}`));
