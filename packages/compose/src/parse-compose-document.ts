import { cleanText } from "@bowsprit/core";
import { type Document, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLMap } from "yaml";
import { checkComposeTokens } from "./check-compose-tokens.ts";
import { composeError, type ComposePlace } from "./compose-error.ts";

/** A compose file as YAML, with places. */
export interface ComposeDocument {
  readonly document: Document.Parsed;
  placeOf(node: unknown): ComposePlace | undefined;
}

const forbiddenKeys: ReadonlySet<unknown> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Parses a compose file as strictly as its readers need: one document, at most 1 MiB, no duplicate keys, no tags but YAML's own, keys
 * that are plain. Anchors and `<<` are allowed, for real files use them.
 * @throws BowspritError `COMPOSE_INVALID`, with line and column.
 */
export function parseComposeDocument(text: string): ComposeDocument {
  const lines = createLineCounter(text);
  const placeAt = (offset: number): ComposePlace => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const placeOf = (node: unknown): ComposePlace | undefined =>
    isNode(node) && node.range ? placeAt(node.range[0]) : undefined;

  checkComposeTokens(text, placeAt);
  // Its own check of keys compares each with each; ours is below.
  const document = parseDocument(text, { merge: true, uniqueKeys: false, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw composeError(reasonOf(problem), placeAt(problem.pos[0]), problem);
  visit(document, { Map: (_, map) => checkKeys(map, placeOf) });
  return { document, placeOf };
}

/** The parser's own words, without its advice. */
export function reasonOf({ message }: Error): string {
  if (message.includes("call stack")) return "nested too deep";
  if (message.startsWith("Excessive alias count")) return "its aliases expand to too much";
  const [reason = message] = message.split(/[;\n]/u);
  return cleanText(reason, 200);
}

function checkKeys(map: YAMLMap, placeOf: (node: unknown) => ComposePlace | undefined): void {
  const seen = new Set<unknown>();
  for (const { key } of map.items) {
    if (!isScalar(key)) throw composeError("a key that is not plain", placeOf(key));
    const shown = JSON.stringify(cleanText(String(key.value), 64));
    if (seen.has(key.value)) throw composeError(`the key ${shown} occurs twice`, placeOf(key));
    if (forbiddenKeys.has(key.value)) throw composeError(`the key ${shown} is not allowed`, placeOf(key));
    seen.add(key.value);
  }
}

// The parser's own counter is filled while it parses, too late for what is refused before.
function createLineCounter(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return counter;
}
