/** A path as messages name it: a query may hold what is not for a log. */
export function withoutQuery(path: string): string {
  return path.replace(/\?.*$/u, "");
}
