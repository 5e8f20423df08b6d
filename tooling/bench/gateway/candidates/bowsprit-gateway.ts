// Our gateway as a browser meets it: the backend is an installed extension, and every request carries the session of its page.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Gateway, openGateway } from "@bowsprit/gateway";
import { createHost } from "@bowsprit/sdk";

/** Writes an extension whose backend is the server that all candidates share. */
async function writeExtension(folder: string): Promise<string> {
  const metadata = {
    ui: { "dashboard-tab": { title: "Bench", root: "ui", src: "index.html" } },
    vm: {
      image: "${DESKTOP_PLUGIN_IMAGE}",
      exposes: { socket: "bench.sock" },
      "x-local": { command: ["node", "server.mjs"] },
    },
  };
  await mkdir(join(folder, "ui"), { recursive: true });
  await writeFile(join(folder, "ui", "index.html"), "<!doctype html><title>Bench</title>");
  await writeFile(join(folder, "metadata.json"), JSON.stringify(metadata));
  await copyFile(join(import.meta.dirname, "json-server.js"), join(folder, "server.mjs"));
  return folder;
}

interface Sent {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Node does not resolve `*.localhost`: this computer is dialled, and the name is sent. */
async function send(url: string, { method = "GET", headers = {} }: Sent = {}): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  const options = { host: "127.0.0.1", port, path: pathname + search, method, headers: { host, ...headers } };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const { statusCode: status = 0, headers: received } = response;
      text(response).then((body) => resolve({ status, headers: received, body }), reject);
    });
    sent.once("error", reject).end(method === "POST" ? "{}" : undefined);
  });
}

/** Follows a link that is traded once, and gives the cookie it was traded for. */
async function trade(url: string): Promise<string> {
  const { status, headers, body } = await send(url);
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  if (cookie === undefined) throw new Error(`no session was given by ${new URL(url).origin}: ${status} ${body}`);
  return cookie;
}

/** Logs in and opens the page of an extension: what its requests begin with. */
async function openPage(gateway: Gateway, id: string): Promise<{ port: number; host: string; cookie: string }> {
  const link = gateway.link();
  const { origin } = new URL(link);
  const headers = { origin, cookie: await trade(link), "content-type": "application/json" };
  const { status, body } = await send(`${origin}/api/extensions/${id}/open`, { method: "POST", headers });
  if (status !== 200) throw new Error(`the page was not opened: ${status} ${body}`);
  const { url } = JSON.parse(body) as { readonly url: string };
  const { host, port } = new URL(url);
  return { port: Number(port), host, cookie: await trade(url) };
}

const folder = await mkdtemp(join(tmpdir(), "bowsprit-bench-gateway-"));
const ended = new Promise((resolve) => process.once("disconnect", resolve));
try {
  await using host = createHost({ home: join(folder, "home") });
  const source = await writeExtension(join(folder, "bench"));
  const { id } = await host.install(source, { consent: "granted", engine: "local" });
  await using gateway = await openGateway({ host, port: 0 });
  const { port, host: name, cookie } = await openPage(gateway, id);
  const headers = { Host: name, Cookie: cookie, "Bowsprit-Request": "1" };
  process.send?.({ port, path: "/.bowsprit/service/hello", headers });
  await ended;
} finally {
  await rm(folder, { recursive: true, force: true });
}
