import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a test may change of the folder that {@link writeExtension} writes. */
export interface ExtensionOptions {
  readonly name?: string;
  readonly metadata?: unknown;
  readonly backend?: string;
  readonly executable?: string;
}

/** A backend as an author might write it: echoes what it gets, streams any size, and can be told to fail. */
export const echoBackend = `
import { createHash } from "node:crypto";
import { createServer } from "node:http";
createServer(async (request, response) => {
  const [, route, argument] = request.url.split("/");
  if (route === "status") return response.writeHead(Number(argument)).end("as you like");
  if (route === "die") process.exit(3);
  if (route === "slow") return console.log("slow was asked for");
  if (route === "bytes") return response.end(Buffer.alloc(Number(argument), "bowsprit"));
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of request) { hash.update(chunk); bytes += chunk.length; }
  const answer = JSON.stringify({ method: request.method, url: request.url, bytes, sha256: hash.digest("hex"), headers: request.headers });
  response.setHeader("content-type", "application/json").setHeader("x-method", request.method).end(answer);
}).listen(process.env.BOWSPRIT_SOCKET, () => console.log("listening"));
console.error("a line on stderr");
`;

/** Prints its arguments between brackets, one a line; \`--exit N\` as the first ends it with N. */
export const printingExecutable = `#!/bin/sh
if [ "$1" = --exit ]; then exit "$2"; fi
if [ "$1" = --kill ]; then kill -"$2" $$; fi
for argument in "$@"; do printf '[%s]\\n' "$argument"; done
`;

/** Writes an extension folder with everything that real ones do oddly, and answers with its path. */
export async function writeExtension(parent: string, options: ExtensionOptions = {}): Promise<string> {
  const folder = join(parent, options.name ?? "fresh-extension");
  await mkdir(join(folder, "ui"), { recursive: true });
  await mkdir(join(folder, "tools"));
  await writeFile(join(folder, "metadata.json"), JSON.stringify(options.metadata ?? freshMetadata, null, 2));
  await writeFile(join(folder, "ui", "index.html"), "<!doctype html><title>fresh</title>");
  await writeFile(join(folder, "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, "server.mjs"), options.backend ?? echoBackend);
  await writeFile(join(folder, "tools", "say-it.sh"), options.executable ?? printingExecutable);
  await chmod(join(folder, "tools", "say-it.sh"), 0o755);
  return folder;
}

export const freshMetadata: Readonly<Record<string, unknown>> = {
  icon: "icon.svg",
  "desktop-plugin-version": "0.3.0",
  provider: "somebody",
  "not-known-to-anyone": { deep: [1, 2, 3] },
  ui: { "dashboard-tab": { title: "Fresh Extension", root: "/ui", src: "index.html?v0.4.0", extra: true } },
  vm: {
    image: "${DESKTOP_PLUGIN_IMAGE}",
    exposes: { socket: "extension-MixedCase.sock" },
    "x-local": { command: ["node", "server.mjs"], env: { GREETING: "hello" } },
  },
  host: { binaries: [{ linux: [{ path: "/tools/say-it.sh" }], darwin: [{ path: "/tools/say-it.sh" }] }] },
};
