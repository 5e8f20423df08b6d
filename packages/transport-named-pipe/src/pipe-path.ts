import { BowspritError, ErrorCode } from "@bowsprit/core";

const prefix = "\\\\.\\pipe\\";

/** Characters a pipe's whole path may have, `\\.\pipe\` included: the limit of Windows. */
export const maxPipePathLength = 256;

/**
 * The path under which Windows, Node and a backend know the pipe `name`: `\\.\pipe\name`. Windows tidies such a path before it opens
 * it, so that `..`, a slash, or a dot or blank at the end would name another pipe, or a file, than the one that was written; such
 * names are refused. Upper and lower case mean the same pipe.
 * @throws BowspritError `ENDPOINT_INVALID` for a name that is empty, too long, or would not survive unchanged.
 */
export function toPipePath(name: string): string {
  if (typeof name !== "string") throw new TypeError("a pipe's name must be a string");
  const flaw = flawOf(name);
  if (flaw === undefined) return prefix + name;
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  throw new BowspritError(ErrorCode.EndpointInvalid, `name a pipe ${JSON.stringify(shown.toWellFormed())}: ${flaw}`, {
    hint: "Give the bare name, without \\\\.\\pipe\\, of letters, digits, dots, dashes and underscores.",
    details: { length: name.length },
  });
}

/**
 * The name of the pipe that a path means: the way back from {@link toPipePath}, with slashes turned round, as Docker's tools write them,
 * and in any case of `pipe`. A pipe of another computer has no name here.
 * @throws BowspritError `ENDPOINT_INVALID` for a path that is none of this computer's pipes.
 */
export function fromPipePath(path: string): string {
  const [, name] = /^[\\/]{2}\.[\\/]pipe[\\/](.+)$/isu.exec(path) ?? [];
  if (name === undefined) {
    throw new BowspritError(
      ErrorCode.EndpointInvalid,
      `read the pipe's path ${JSON.stringify(path.slice(0, 80))}: it is none`,
      {
        hint: "A pipe of this computer is \\\\.\\pipe\\name, or //./pipe/name.",
      },
    );
  }
  toPipePath(name);
  return name;
}

function flawOf(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (prefix.length + name.length > maxPipePathLength) {
    return `with ${prefix} it has ${prefix.length + name.length} characters, more than ${maxPipePathLength}`;
  }
  if (/[\\/]/u.test(name)) return "it holds a slash or a backslash";
  if (/\p{Cc}/u.test(name)) return "it holds a control character";
  if (!name.isWellFormed()) return "it holds half of a character";
  if (/[. ]$/u.test(name)) return "it ends in a dot or a blank, which Windows takes off";
  return undefined;
}
