import { BowspritError } from "./bowsprit-error.ts";
import { cleanText } from "./clean-text.ts";
import { ErrorCode } from "./error-code.ts";
import { isJsonObject } from "./json-value.ts";
import { limits } from "./limits.ts";
import type { LocalCommand } from "./metadata.ts";
import { kindOf } from "./object-reader.ts";

/** In which document an `x-local` stands, for errors. */
export interface LocalCommandOptions {
  /** The default is `metadata.json`. */
  readonly what?: string;
  /** The default is `METADATA_INVALID`; a compose file's is `COMPOSE_INVALID`. */
  readonly code?: ErrorCode;
}

/**
 * Reads the value of an `x-local` key, in `vm` or in a service of a compose file: `command`, a list of texts with the program first,
 * and optionally `env`. The keys are ours, so an unknown one is refused: a misspelt key must not change silently what runs.
 * @throws BowspritError `METADATA_INVALID`, or `code`, naming the place below `path`.
 */
export function readLocalCommand(value: unknown, path: string, options: LocalCommandOptions = {}): LocalCommand {
  const { what = "metadata.json", code = ErrorCode.MetadataInvalid } = options;
  const refuse = (at: string, why: string, hint: string = example): BowspritError =>
    new BowspritError(code, `read ${what}: ${at}: ${why}`, { details: { path: at }, hint });
  if (!isJsonObject(value)) throw refuse(path, `${kindOf(value)} where an object belongs`);
  for (const key of Object.keys(value)) {
    if (key !== "command" && key !== "env") throw refuse(path, `unknown key ${JSON.stringify(cleanText(key, 64))}`);
  }
  return {
    command: readCommand(value["command"], (why) => refuse(`${path}.command`, why)),
    env: readEnv(value["env"], (key, why) => refuse(`${path}.env${key === "" ? "" : `.${cleanText(key, 64)}`}`, why)),
  };
}

const example = 'Write "x-local": {"command": ["node", "server.js"], "env": {"LEVEL": "info"}}.';

function readCommand(value: unknown, refuse: (why: string) => BowspritError): readonly [string, ...string[]] {
  if (!Array.isArray(value)) throw refuse(`${kindOf(value)} where a list of texts belongs`);
  const words = value.map((word: unknown) => {
    if (typeof word !== "string") throw refuse(`${kindOf(word)} where a text belongs`);
    if (word.includes("\0")) throw refuse("an argument holds the character NUL");
    return word;
  });
  const [program = "", ...rest] = words;
  if (program.trim() === "") throw refuse("names no program");
  if (words.length > limits.localCommandEntries) throw refuse(`more than ${limits.localCommandEntries} arguments`);
  return [program, ...rest];
}

function readEnv(
  value: unknown,
  refuse: (key: string, why: string) => BowspritError,
): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) throw refuse("", `${kindOf(value)} where an object belongs`);
  const entries = Object.entries(value).map(([key, text]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/u.test(key) || key === "__proto__")
      throw refuse(key, "not the name of a variable");
    if (typeof text !== "string") throw refuse(key, `${kindOf(text)} where a text belongs: put it in quotes`);
    if (text.includes("\0")) throw refuse(key, "holds the character NUL");
    return [key, text] as const;
  });
  if (entries.length > limits.localCommandEntries)
    throw refuse("", `more than ${limits.localCommandEntries} variables`);
  return Object.fromEntries(entries);
}
