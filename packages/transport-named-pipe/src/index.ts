export { createNamedPipeTransport, type NamedPipeTransportOptions } from "./create-named-pipe-transport.ts";
export { toPipePath } from "./pipe-path.ts";
