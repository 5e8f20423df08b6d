import { spawn } from "node:child_process";

/**
 * Ends a process of Windows and what it started, at once. Windows has no groups and no polite signal for a process without a window;
 * `taskkill` follows the parents' ids.
 */
export function endWindowsTree(pid: number, env: Readonly<Record<string, string>>): void {
  const root = env["SystemRoot"] ?? "C:\\Windows";
  const killer = spawn(`${root}\\System32\\taskkill.exe`, ["/T", "/F", "/PID", String(pid)], {
    stdio: "ignore",
    windowsHide: true,
    env,
  });
  killer.on("error", () => {});
}
