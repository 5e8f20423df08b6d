import type { Host } from "../host.ts";
import { hostVerbs } from "./host-verbs.ts";
import type { HostVerb, VerbCall } from "./host-verb.ts";
import type { VerbInput } from "./verb-input.ts";

/** A verb, and what the request line says of its input. */
export interface VerbMatch {
  readonly verb: HostVerb;
  readonly input: VerbInput;
  /**
   * Does it. What the request line says goes before what the body says: a request acts on what it names and on nothing else.
   * @throws BowspritError as {@link HostVerb.run}.
   */
  run(host: Host, body: VerbInput, call: VerbCall): Promise<unknown>;
}

/**
 * The verb of a request line below a channel's root, such as `GET /extensions/hello/logs?tail=20`; undefined for any other. A query's
 * `keep-data` is the input's `keepData`; what the path says goes before what the query says. `methodsOf` tells why a path did not match.
 */
export function matchVerb(method: string, target: string): VerbMatch | undefined {
  const [path = "", query = ""] = splitQuery(target);
  for (const verb of Object.values(hostVerbs)) {
    const named = verb.method === method ? matchPath(verb.path, path) : undefined;
    if (named === undefined) continue;
    const input = { ...readQuery(query), ...named };
    return { verb, input, run: (host, body, call) => verb.run(host, { ...body, ...input }, call) };
  }
  return undefined;
}

/** The methods that a path knows, empty for a path that nothing has. */
export function methodsOf(target: string): readonly string[] {
  const [path = ""] = splitQuery(target);
  return Object.values(hostVerbs).flatMap((verb) => (matchPath(verb.path, path) === undefined ? [] : [verb.method]));
}

function splitQuery(target: string): readonly string[] {
  const at = target.indexOf("?");
  return at === -1 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const parts = path.split("/");
  const expected = pattern.split("/");
  if (parts.length !== expected.length) return undefined;
  const input: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const given = parts[index] ?? "";
    if (part.startsWith("{")) {
      // An id needs no escapes, and nothing else may be hidden in one.
      if (!/^[\w.:@-]+$/u.test(given)) return undefined;
      input[part.slice(1, -1)] = given;
    } else if (part !== given) return undefined;
  }
  return input;
}

function readQuery(query: string): VerbInput {
  const input: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    input[name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return input;
}
