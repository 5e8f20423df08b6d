import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const server = `
import { createServer } from "node:http";
const answer = (request, response) => {
  const { method, url, rawHeaders } = request;
  if (url === "/fields") {
    response.writeHead(200, ["content-type", "text/plain", "Set-Cookie", "a=b", "Access-Control-Allow-Origin", "*", "Clear-Site-Data", '"*"',
      "Strict-Transport-Security", "max-age=1", "X-Own", "kept", "Location", "http://169.254.169.254/", "Refresh", "0", "Service-Worker-Allowed", "/"]);
    return response.end("fields");
  }
  if (url.startsWith("/to/")) return response.writeHead(302, { location: decodeURIComponent(url.split("=")[1]) }).end();
  if (url === "/never") return request.on("close", () => console.log("gone: never"));
  if (url === "/cut") return response.write("half", () => response.destroy());
  if (url === "/refuse") return response.writeHead(413, { "content-type": "text/plain" }).end("too much");
  if (url.startsWith("/status/")) return response.writeHead(Number(url.slice(8)), { "content-type": "text/plain" }).end("as you like");
  if (url.startsWith("/bytes/")) {
    let left = Number(url.slice(7));
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": left });
    const block = Buffer.alloc(65536, 120);
    const more = () => {
      while (left > 0) {
        const chunk = block.subarray(0, Math.min(left, block.length));
        left -= chunk.length;
        if (!response.write(chunk)) return response.once("drain", more);
      }
      response.end();
    };
    response.on("close", () => console.log("closed: " + left));
    return more();
  }
  let bytes = 0;
  request.on("data", (chunk) => (bytes += chunk.length));
  request.on("end", () => {
    const body = JSON.stringify({ method, url, rawHeaders, bytes });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
};
createServer(answer).listen(process.env.BOWSPRIT_SOCKET, () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;

const executable = `#!/bin/sh
case $1 in
  --exit) exit "$2" ;;
  --env) printf '%s\\n' "$GREETING"; pwd ;;
  --both) printf 'out\\n'; printf 'err\\n' >&2 ;;
  --wait) printf 'pid %s\\n' "$$"; exec sleep 600 ;;
  --flood) exec head -c "$2" /dev/zero ;;
  *) for argument in "$@"; do printf '[%s]\\n' "$argument"; done ;;
esac
`;

/** The files of an extension's page beside the first one. */
export const pageFiles: Readonly<Record<string, string>> = {
  "ui/index.html": "<!doctype html>\n<html><head><title>Page</title></head><body>page</body></html>\n",
  "ui/sub/other.html": "<p>no doctype</p>",
  "ui/app.js": "console.log('app')\n",
  "ui/a b ü.txt": "blanks\n",
  "secret.txt": "outside the page's folder\n",
};

/** Writes an extension with a page, a backend and an executable into a folder, and answers with the folder. */
export async function writeExtension(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  const metadata = {
    name,
    icon: "icon.svg",
    ui: { "dashboard-tab": { title: `Title of ${name}`, root: "ui", src: "index.html?x=1" } },
    vm: {
      image: "${DESKTOP_PLUGIN_IMAGE}",
      exposes: { socket: "test.sock" },
      "x-local": { command: ["node", "server.mjs"] },
    },
    host: { binaries: [{ linux: [{ path: "/tools/tell.sh" }], darwin: [{ path: "/tools/tell.sh" }] }] },
  };
  const files = {
    ...pageFiles,
    "metadata.json": JSON.stringify(metadata),
    "server.mjs": server,
    "tools/tell.sh": executable,
    "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await chmod(join(folder, "tools/tell.sh"), 0o755);
  return folder;
}
