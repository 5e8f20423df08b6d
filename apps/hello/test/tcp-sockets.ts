import { readdir, readFile, readlink } from "node:fs/promises";

/**
 * The TCP and UDP sockets that a process holds, as lines of the kernel's own tables (Linux). Its open files tell which of the
 * tables' lines are its own.
 */
export async function tcpSockets(pid: number): Promise<readonly string[]> {
  const files = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => "")));
  const own = new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []));
  const tables = await Promise.all(["tcp", "tcp6", "udp", "udp6"].map(async (name) => rowsOf(pid, name)));
  return tables.flat().filter((row) => own.has(row.trim().split(/\s+/u)[9] ?? ""));
}

async function rowsOf(pid: number, table: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/net/${table}`, "utf8").catch(() => "");
  return text.split("\n").slice(1);
}
