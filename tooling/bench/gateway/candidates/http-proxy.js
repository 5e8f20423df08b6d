// http-proxy as it comes, a new connection to the backend for each request, or told to keep them.
import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";

const agent = process.argv[3] === "keep" ? new Agent({ keepAlive: true }) : undefined;
const proxy = httpProxy.createProxyServer({ target: { socketPath: process.argv[2] }, agent });
proxy.on("error", (_reason, _request, response) => response.destroy());
const server = createServer((request, response) => proxy.web(request, response));
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.once("disconnect", () => process.exit(0));
