import { readdir, readFile, readlink } from "node:fs/promises";

/** The kernel's word for a listening socket in /proc/net/tcp. */
const listen = "0A";

/**
 * The TCP addresses that the processes of these groups listen on, looked up in the kernel's own tables (Linux).
 * @throws Error where there are no such tables: nothing was looked up then.
 */
export async function tcpListeners(groups: readonly number[]): Promise<readonly string[]> {
  const pids = await membersOf(groups);
  if (pids.length === 0) throw new Error(`no process of the groups ${groups.join(", ")} is alive`);
  const found = await Promise.all(pids.map((pid) => listenersOf(pid)));
  return found.flat();
}

async function membersOf(groups: readonly number[]): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/u.test(name)).map(Number);
  const inGroup = await Promise.all(pids.map(async (pid) => groups.includes(await groupOf(pid))));
  return pids.filter((_, index) => inGroup[index]);
}

async function groupOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}

async function listenersOf(pid: number): Promise<readonly string[]> {
  const names = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")));
  const own = new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []));
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((table) => readFile(`/proc/${pid}/net/${table}`, "utf8").catch(() => "")),
  );
  const rows = tables.flatMap((table) => table.split("\n").slice(1)).map((line) => line.trim().split(/\s+/u));
  return rows.flatMap(([, address = "", , state, , , , , , inode = ""]) =>
    state === listen && own.has(inode) ? [address] : [],
  );
}
