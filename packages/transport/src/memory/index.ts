export { createMemoryTransport } from "./create-memory-transport.ts";
