import { createUnixSocketTransport } from "../src/index.ts";

// Dials the socket of its first argument as the user of its second one, and prints how that ended.
const [path = "", user = ""] = process.argv.slice(2);
const transport = createUnixSocketTransport();
process.setgid?.(Number(user));
process.setuid?.(Number(user));
const outcome = await transport.connect({ scheme: "unix", path, owner: "any" }).then(
  (stream) => String(stream.destroy() && "connected"),
  (error: Error & { code: string }) => `${error.code} ${error.message}`,
);
console.log(outcome);
