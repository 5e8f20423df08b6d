import { BowspritError } from "./bowsprit-error.ts";
import { cleanText, quoteText } from "./clean-text.ts";
import { type Digest, parseDigest } from "./digest.ts";
import { ErrorCode } from "./error-code.ts";

/** A checked image reference as text, in the short form that people write; safe as an argument, since it never begins with `-`. */
export type ImageRef = string & { readonly __brand: "ImageRef" };

/** The parts of an image reference. */
export interface ImageReference {
  /** Host and port of the registry; `docker.io` where the text names none. */
  readonly registry: string;
  /** The path in the registry: `library/nginx` for `nginx`. */
  readonly repository: string;
  /** Registry and repository in the short form: `nginx`, `ghcr.io/me/app`. What an extension's id is made of. */
  readonly familiarName: string;
  /** Absent where the text names none: what then counts is for the caller to say. */
  readonly tag?: string;
  readonly digest?: Digest;
}

const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`, "u");
const repository = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/u;
const tagPattern = /^\w[\w.-]{0,127}$/u;

/**
 * Reads `[registry/]repository[:tag][@digest]` by the grammar of the distribution project. The first part is a registry when it holds
 * a dot or a colon or is `localhost`; without one the registry is Docker Hub, and a name without `/` lies in its `library`.
 * @throws BowspritError `REFERENCE_INVALID`.
 */
export function parseImageRef(text: string): ImageReference {
  const [beforeDigest = "", digest, ...more] = text.split("@");
  const colon = beforeDigest.lastIndexOf(":");
  const hasTag = colon > beforeDigest.lastIndexOf("/");
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  const { registry, path } = splitRegistry(name);
  const flaw = more.length > 0 ? "it has more than one digest" : flawOf(name, registry, path);
  if (flaw !== undefined) throw refusal(text, flaw);
  if (tag !== undefined && !tagPattern.test(tag)) throw refusal(text, `${quoteText(tag)} is not a tag`);
  const isHub = registry === "docker.io";
  return {
    registry,
    repository: isHub && !path.includes("/") ? `library/${path}` : path,
    familiarName: familiarNameOf(registry, path),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest: parseDigest(digest) }),
  };
}

/** The short form of a reference, which {@link parseImageRef} reads back. */
export function formatImageRef({ familiarName, tag, digest }: ImageReference): ImageRef {
  return `${familiarName}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}` as ImageRef;
}

/**
 * The repository of a reference in its short form, without tag and digest: what stays the same across an extension's versions.
 * @throws BowspritError `REFERENCE_INVALID`.
 */
export function repositoryOf(text: string): string {
  return parseImageRef(text).familiarName;
}

function splitRegistry(name: string): { registry: string; path: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  if (!/[.:]/u.test(first) && first !== "localhost") return { registry: "docker.io", path: name };
  return { registry: first === "index.docker.io" ? "docker.io" : first, path: name.slice(slash + 1) };
}

// On Docker Hub the registry goes unsaid, unless the path would then read as one that begins with a registry.
function familiarNameOf(registry: string, path: string): string {
  const short = path.replace(/^library\/(?=[^/]+$)/u, "");
  return registry === "docker.io" && splitRegistry(short).path === short ? short : `${registry}/${path}`;
}

function flawOf(name: string, registry: string, path: string): string | undefined {
  if (name === "") return "it names no repository";
  if (name.length > 255) return "the name is longer than 255 characters";
  if (!host.test(registry)) return `${quoteText(registry)} is not a registry`;
  if (/^[0-9a-f]{64}$/u.test(name)) return "it is the id of an image";
  if (repository.test(path)) return undefined;
  if (repository.test(path.toLowerCase())) return "a repository is written in lower case";
  return `${quoteText(path)} is not a repository`;
}

function refusal(text: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.ReferenceInvalid, `read image reference ${quoteText(text)}: ${why}`, {
    details: { reference: cleanText(text, 300) },
    hint: "Write name, owner/name or registry:port/owner/name in lower case, with :tag or @sha256:digest if you like.",
  });
}
