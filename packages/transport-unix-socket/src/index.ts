export { createUnixSocketTransport, type UnixSocketTransportOptions } from "./create-unix-socket-transport.ts";
export { removeStaleSocket } from "./remove-stale-socket.ts";
