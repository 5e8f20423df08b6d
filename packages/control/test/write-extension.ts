import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A backend that does what the cases ask of it, also what no backend should do. */
const backend = `
import { createServer } from "node:http";
import { connect } from "node:net";
let sent = 0;
createServer(async (request, response) => {
  const [, route, argument] = request.url.split("?")[0].split("/");
  if (route === "status") return response.writeHead(Number(argument), "As You Like").end("said so");
  if (route === "headers") {
    response.sendDate = false;
    response.writeHead(200, ["X-Twice", "one", "x-TWICE", "two", "Set-Cookie", "a=1", "X-Latin", "caf\\u00e9", "Content-Length", "0"]);
    return response.end();
  }
  if (route === "bytes") return response.end(Buffer.alloc(Number(argument), "bowsprit"));
  if (route === "cut") { response.writeHead(200, { "content-length": 100 }); response.write("part"); return setTimeout(() => request.socket.resetAndDestroy?.() ?? request.socket.destroy(), 20); }
  if (route === "drop") return request.socket.destroy();
  if (route === "garbage") return request.socket.end("not HTTP at all\\r\\n\\r\\n");
  if (argument === "told") {
    console.log(route + " is open");
    response.on("close", () => console.log(route + " is closed"));
  }
  if (route === "slow" || route === "deaf") return;
  if (route === "sent") return response.end(String(sent));
  if (route === "endless") {
    const more = () => { do sent += 65536; while (!response.destroyed && response.write(Buffer.alloc(65536))); };
    response.on("drain", more);
    return more();
  }
  if (route === "early") return response.end("enough");
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  const { host, connection, ...headers } = request.headers;
  response.sendDate = false;
  response.setHeader("content-type", "application/json").end(JSON.stringify({ method: request.method, url: request.url, bytes, headers }));
}).listen(process.env.BOWSPRIT_SOCKET, () => console.log("listening"));
`;

/** Writes an extension folder of that name and answers with its path. */
export async function writeExtension(parent: string, name: string, source: string = backend): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true });
  const vm = { "x-local": { command: ["node", "backend.mjs"] }, exposes: { socket: "b.sock" } };
  const ui = { "dashboard-tab": { title: "Shown", root: "/ui", src: "index.html" } };
  await mkdir(join(folder, "ui"), { recursive: true });
  await writeFile(join(folder, "ui", "index.html"), "<!doctype html>");
  await writeFile(join(folder, "metadata.json"), JSON.stringify({ vm, ui }));
  await writeFile(join(folder, "backend.mjs"), source);
  return folder;
}
