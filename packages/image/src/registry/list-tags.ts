import { BowspritError, ErrorCode, isJsonObject, readJsonDocument } from "@bowsprit/core";
import type { RegistryClient } from "./create-registry-client.ts";
import { readBounded } from "./read-bounded.ts";

const path = "tags/list";
const pageBytes = 4 * 1024 * 1024;
/** A hundred thousand tags, more than any known repository has. */
const maxPages = 100;
const pageSize = 1000;

/**
 * All tags of a repository, page by page.
 * @throws BowspritError `SOURCE_NOT_FOUND` for no such repository, `MESSAGE_TOO_LARGE` for more than 100 pages, `MESSAGE_MALFORMED` for
 *   an answer that is none or a next page that lies elsewhere, and what {@link RegistryClient.get} throws.
 */
export async function listTags(
  client: RegistryClient,
  call: { readonly attempt: string; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const tags = new Set<string>();
  let query: string | undefined = `?n=${pageSize}`;
  for (let page = 0; page < maxPages && query !== undefined; page += 1) {
    const response = await client.get(`${path}${query}`, call);
    for (const tag of readPage(await readBounded(response, pageBytes, call.attempt), call.attempt)) tags.add(tag);
    const link = response.header("link");
    query = link === undefined ? undefined : nextQuery(link, call.attempt);
  }
  if (query === undefined) return [...tags];
  throw new BowspritError(
    ErrorCode.MessageTooLarge,
    `${call.attempt}: its list of tags has more than ${maxPages} pages`,
    {
      hint: "Name a tag.",
    },
  );
}

/**
 * The query of the next page in a `Link` header (RFC 8288), undefined on the last page. Nothing but the query is taken from it: whatever
 * host the header names, the same registry is asked again.
 */
function nextQuery(link: string, attempt: string): string | undefined {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/u.exec(link) ?? [];
  if (target === undefined) return undefined;
  const url = URL.parse(target, "http://registry.invalid/");
  if (url?.pathname.endsWith(`/${path}`) === true && url.search !== "") return url.search;
  throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: the next page of its tags lies elsewhere`);
}

function readPage(bytes: Buffer, attempt: string): readonly string[] {
  const document = readJsonDocument(bytes, {
    what: "a list of tags",
    maxBytes: pageBytes,
    code: ErrorCode.MessageMalformed,
  });
  const tags = isJsonObject(document) ? document["tags"] : undefined;
  // Registries say null for a repository whose tags were all deleted.
  if (tags === null) return [];
  if (!Array.isArray(tags)) throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: its list of tags is none`);
  return tags.filter((tag) => typeof tag === "string" && /^\w[\w.-]{0,127}$/u.test(tag)).map(String);
}
