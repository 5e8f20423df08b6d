import { quoteText } from "./clean-text.ts";

/** What is wrong with a JSON text, and where: an index of UTF-16 units. */
export interface JsonFlaw {
  readonly index: number;
  readonly why: string;
}

/** One open object or array; `keys` is null for an array. */
interface Frame {
  readonly keys: Set<string> | null;
}

/** What may come next: a value, a value or the end of an empty array, and so on. */
type Expectation = "value" | "first-item" | "key" | "first-key" | "more";

// A text's plain characters are "unescaped" of RFC 8259: U+0020 up, without the quote and the backslash.
const token =
  /"[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy;
const blank = /[ \t\n\r]*/uy;
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Checks a JSON text by the grammar of RFC 8259 in one pass without recursion, and finds what `JSON.parse` lets through: keys given
 * twice, keys that reach prototypes, depth. Returns the first flaw, or undefined for a text that `JSON.parse` will accept.
 */
export function scanJson(text: string, maxDepth: number): JsonFlaw | undefined {
  const scanner = new Scanner(text, maxDepth);
  return scanner.scan();
}

class Scanner {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #open: Frame[] = [];
  #index = 0;
  #expects: Expectation = "value";

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  scan(): JsonFlaw | undefined {
    for (;;) {
      this.#index = this.#match(blank).end;
      const next = this.#match(token);
      if (this.#expects === "more" && this.#open.length === 0) {
        return this.#index === this.#text.length ? undefined : this.#flaw("something after the end of the document");
      }
      if (next.text === "") return this.#unreadable();
      const why = this.#accept(next);
      if (why !== undefined) return this.#flaw(why);
    }
  }

  #accept(next: { text: string; end: number }): string | undefined {
    switch (this.#expects) {
      case "key":
      case "first-key":
        return next.text === "}" && this.#expects === "first-key" ? this.#close(next) : this.#key(next);
      case "more":
        return this.#more(next);
      case "first-item":
        return next.text === "]" ? this.#close(next) : this.#value(next);
      case "value":
        return this.#value(next);
    }
  }

  #key(next: { text: string; end: number }): string | undefined {
    if (!next.text.startsWith('"')) return "a key in double quotes belongs here";
    const key = JSON.parse(next.text) as string;
    if (forbidden.has(key)) return `the key ${quoteText(key)} is not allowed`;
    const keys = this.#open.at(-1)?.keys;
    if (keys?.has(key) === true) return `the key ${quoteText(key)} is there twice`;
    keys?.add(key);
    this.#index = next.end;
    this.#index = this.#match(blank).end;
    if (this.#text[this.#index] !== ":") return "a colon belongs here";
    this.#index += 1;
    this.#expects = "value";
    return undefined;
  }

  #value(next: { text: string; end: number }): string | undefined {
    if (next.text === "{" || next.text === "[") return this.#enter(next);
    if (/^[}\],:]$/u.test(next.text)) return "a value belongs here";
    this.#index = next.end;
    this.#expects = "more";
    return undefined;
  }

  #enter(next: { text: string; end: number }): string | undefined {
    if (this.#open.length >= this.#maxDepth) return `nested more than ${this.#maxDepth} deep`;
    const isObject = next.text === "{";
    this.#open.push({ keys: isObject ? new Set() : null });
    this.#index = next.end;
    this.#expects = isObject ? "first-key" : "first-item";
    return undefined;
  }

  #more(next: { text: string; end: number }): string | undefined {
    const inObject = this.#open.at(-1)?.keys !== null;
    if (next.text === (inObject ? "}" : "]")) return this.#close(next);
    if (next.text !== ",") return `a comma or ${inObject ? "}" : "]"} belongs here`;
    this.#index = next.end;
    this.#expects = inObject ? "key" : "value";
    return undefined;
  }

  #close(next: { end: number }): undefined {
    this.#open.pop();
    this.#index = next.end;
    this.#expects = "more";
  }

  #unreadable(): JsonFlaw {
    if (this.#index === this.#text.length) {
      return this.#flaw(this.#text.trim() === "" ? "the document is empty" : "the document ends too early");
    }
    if (this.#text[this.#index] === '"')
      return this.#flaw("a text that is not closed, or holds a raw line break or a wrong escape");
    return this.#flaw(`${quoteText(this.#text.slice(this.#index, this.#index + 10))} is not JSON`);
  }

  #flaw(why: string): JsonFlaw {
    return { index: this.#index, why };
  }

  #match(pattern: RegExp): { text: string; end: number } {
    pattern.lastIndex = this.#index;
    const text = pattern.exec(this.#text)?.[0] ?? "";
    return { text, end: this.#index + text.length };
  }
}
