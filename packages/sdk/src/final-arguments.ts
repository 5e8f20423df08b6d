/** How a page asked for a process: `plain` gathers its output, `stream` hands it on. The two treat quotes differently. */
export type ExecForm = "plain" | "stream";

/**
 * The arguments that a page means, for a process that no shell starts. Pages were written for a host whose plain form passed a line
 * through something like a shell: there quotes inside each argument are removed as a POSIX shell removes them, and nothing is split or
 * expanded; an argument whose quotes do not close stays as it is, as does a backslash outside quotes, which begins no escape but is part
 * of a Windows path. In the streaming form arguments are verbatim, but for one pair of quotes around a whole argument (ADR 0009).
 */
export function finalArguments(args: readonly string[], form: ExecForm): readonly string[] {
  return args.map((argument) => (form === "plain" ? removeQuotes(argument) : removeOuterPair(argument)));
}

const part = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^'"]+)/gy;

function removeQuotes(argument: string): string {
  if (!/['"]/u.test(argument)) return argument;
  let text = "";
  let end = 0;
  for (const [whole, single, double, plain] of argument.matchAll(part)) {
    text += single ?? double?.replaceAll(/\\(["\\$`])/gu, "$1") ?? plain ?? "";
    end += whole.length;
  }
  return end === argument.length ? text : argument;
}

function removeOuterPair(argument: string): string {
  const [, , inner = argument] = /^(["'])([^]*)\1$/u.exec(argument) ?? [];
  return inner;
}
