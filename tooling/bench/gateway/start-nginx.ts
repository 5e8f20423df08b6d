import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Candidate, requestBytes } from "./candidate.ts";

const program = "/usr/sbin/nginx";
const pollMs = 50;
const startMs = 10_000;

/**
 * Starts nginx before the backend's socket: one worker, connections to the backend kept, no logs, and nothing outside a folder of its own.
 * Gives the reason where there is none.
 */
export async function startNginx(socket: string): Promise<Candidate | string> {
  const reason = await access(program).then(
    () => undefined,
    () => `${program} is missing; to enable it: sudo apt-get install -y --no-install-recommends nginx-light`,
  );
  if (reason !== undefined) return reason;
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-bench-nginx-"));
  await mkdir(join(folder, "tmp"));
  await writeFile(join(folder, "nginx.conf"), configuration(socket, port));
  const args = ["-p", folder, "-c", "nginx.conf", "-e", "/dev/null"];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  const gone = once(child, "exit");
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true });
  };
  const { pid = -1 } = child;
  if (!(await answers(port))) {
    await end();
    return `nginx did not listen within ${startMs} ms`;
  }
  return {
    name: "nginx, one worker",
    port,
    request: requestBytes("/hello", { Host: `127.0.0.1:${port}` }),
    processes: () => [pid, ...childrenOf(pid)],
    [Symbol.asyncDispose]: end,
  };
}

function configuration(socket: string, port: number): string {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path tmp/${name};`);
  // A worker of another user could not reach a socket in our private folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  return `${user} daemon off; worker_processes 1; pid nginx.pid; error_log /dev/null crit;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; ${places.join(" ")}
  upstream backend { server unix:${socket}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://backend; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
    }
  }
}
`;
}

/** A port that was free a moment ago: nginx cannot choose one and say which. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(port: number): Promise<boolean> {
  for (const deadline = performance.now() + startMs; performance.now() < deadline; await setTimeout(pollMs)) {
    const socket = connect(port, "127.0.0.1");
    const connected = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return true;
  }
  return false;
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return text === "" ? [] : text.split(" ").map(Number);
}
