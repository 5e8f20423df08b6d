/** The signals whose numbers are the same on Linux and macOS; Windows has none. */
const numbers: ReadonlyMap<string, number> = new Map([
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGQUIT", 3],
  ["SIGILL", 4],
  ["SIGTRAP", 5],
  ["SIGABRT", 6],
  ["SIGFPE", 8],
  ["SIGKILL", 9],
  ["SIGSEGV", 11],
  ["SIGPIPE", 13],
  ["SIGALRM", 14],
  ["SIGTERM", 15],
]);

/** The one number a shell would say: the code, 128+n for a signal, 255 for a signal whose number is not the same everywhere. */
export function exitCodeOf(code: number | null, signal: string | null): number {
  if (code !== null && signal === null) return code;
  const number = numbers.get(signal ?? "");
  return number === undefined ? 255 : 128 + number;
}
