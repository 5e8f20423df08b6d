import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const backend = `
import { createServer } from "node:http";
createServer((request, response) => {
  if (request.url === "/die") process.exit(3);
  if (request.url === "/pid") return response.end(String(process.pid));
  response.end(process.env.NAME);
}).listen(process.env.BOWSPRIT_SOCKET);
`;

/** Writes a small extension whose backend answers with its name. */
export async function writeSmallExtension(parent: string, name: string, source: string = backend): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true });
  const local = { command: ["node", "backend.mjs"], env: { NAME: name } };
  const host = { binaries: [{ linux: [{ path: "/tool.sh" }], darwin: [{ path: "/tool.sh" }] }] };
  const metadata = { vm: { "x-local": local, exposes: { socket: "same.sock" } }, host };
  await writeFile(join(folder, "metadata.json"), JSON.stringify(metadata));
  await writeFile(join(folder, "backend.mjs"), source);
  await writeFile(join(folder, "tool.sh"), "#!/bin/sh\npwd\nenv\n");
  await chmod(join(folder, "tool.sh"), 0o755);
  return folder;
}
