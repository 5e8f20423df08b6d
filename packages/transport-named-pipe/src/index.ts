export { createNamedPipeTransport, type NamedPipeTransportOptions } from "./create-named-pipe-transport.ts";
export { fromPipePath, toPipePath } from "./pipe-path.ts";
