// The backend of the soak, in a process of its own: node backend/main.ts <socket> <ledger> <seed> <life>.
// It ends when its parent does, takes its socket with it, and spoils its idle connections when it gets SIGUSR2.
import { openSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { type Connection, serveConnection } from "./serve-connection.ts";
import { spoilConnections } from "./spoil-connections.ts";

const [socketPath = "", ledgerPath = "", seed = "", life = ""] = process.argv.slice(2);
const ledger = openSync(ledgerPath, "a");
const write = (line: string): void => void writeSync(ledger, `${line}\n`);
const connections = new Set<Connection>();
let spoils = 0;

const server = createServer((socket) => {
  const connection = serveConnection(socket, { seed: Number(seed), write });
  connections.add(connection);
  socket.once("close", () => connections.delete(connection));
});

process.on("SIGUSR2", () => {
  // Whatever was sent before the signal has been read two rounds of the loop later: a connection that is idle then is truly idle.
  setImmediate(() => setImmediate(() => void spoil()));
});
process.once("disconnect", () => {
  server.close();
  process.exit();
});

async function spoil(): Promise<void> {
  spoils += 1;
  write(`# spoilt ${await spoilConnections(connections, Number(life) + spoils)}`);
}

write(`# life ${life}`);
server.listen(socketPath, () => process.send?.("ready"));
