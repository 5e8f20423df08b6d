import { limits } from "@bowsprit/core";
import { CST, Lexer } from "yaml";
import { composeError, type ComposePlace } from "./compose-error.ts";

/** Many times what the largest known file has. The parser takes half a second for as many. */
const maxTokens = 200_000;

/** References to anchors; each is looked up in the whole document. */
const maxAliases = 500;

/** Brackets, or dashes of one line, inside one another. */
const maxDepth = 64;

/**
 * Refuses what a parser that recurses, or compares everything with everything, would take seconds or minutes for. It looks at the words
 * of the file one by one, in linear time, and stops at the first that is too much.
 * @throws BowspritError `COMPOSE_INVALID`.
 */
export function checkComposeTokens(text: string, placeOf: (offset: number) => ComposePlace): void {
  if (Buffer.byteLength(text) > limits.composeBytes) throw composeError(`larger than ${limits.composeBytes} bytes`);
  const counts = { tokens: 0, aliases: 0, brackets: 0, dashes: 0 };
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    counts.tokens += 1;
    const why = judge(CST.tokenType(token), counts);
    if (why !== undefined) throw composeError(why, placeOf(offset));
    // The lexer announces what follows by one control character that the text does not have.
    if (!/^[\u0002\u0018\u001f]$/u.test(token)) offset += token.length;
  }
}

interface Counts {
  tokens: number;
  aliases: number;
  brackets: number;
  dashes: number;
}

function judge(type: CST.TokenType | null, counts: Counts): string | undefined {
  if (type === "explicit-key-ind") return "a key that is not plain";
  if (type === "alias") counts.aliases += 1;
  if (type === "flow-seq-start" || type === "flow-map-start") counts.brackets += 1;
  if (type === "flow-seq-end" || type === "flow-map-end") counts.brackets -= 1;
  if (type === "seq-item-ind") counts.dashes += 1;
  if (type === "newline") counts.dashes = 0;
  if (Math.max(counts.brackets, counts.dashes) > maxDepth) return `nested deeper than ${maxDepth}`;
  if (counts.aliases > maxAliases) return `more than ${maxAliases} aliases`;
  return counts.tokens > maxTokens ? "too many entries" : undefined;
}
