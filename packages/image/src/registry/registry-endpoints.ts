import { BowspritError, ErrorCode, type ImageReference, parseImageRef } from "@bowsprit/core";
import type { RegistryOptions } from "./registry-options.ts";

/** A registry or a mirror of it, as an address. */
export interface Endpoint {
  /** Host and port, for messages. */
  readonly name: string;
  /** The name under which Docker keeps its credentials. */
  readonly account: string;
  /** Tried in order until one is spoken; the second one is without TLS. */
  readonly origins: readonly string[];
}

type EndpointOptions = Pick<RegistryOptions, "mirrors" | "insecureRegistries">;

const hub = "docker.io";
const hubHost = "registry-1.docker.io";
/** What `docker login` without a registry writes. */
const hubAccount = "https://index.docker.io/v1/";

/** The reference under the one name that Docker Hub has here, whatever host of it the text names. */
export function normaliseReference(text: string): ImageReference {
  return parseImageRef(text.startsWith(`${hubHost}/`) ? `${hub}/${text.slice(hubHost.length + 1)}` : text);
}

/**
 * Where a registry is asked: its mirrors in order, then itself. By TLS, but for loopback and registries listed as insecure, where
 * plain HTTP follows if no TLS is spoken.
 * @throws BowspritError `INVALID_ARGUMENT` for a mirror that is not an address or must not be spoken to without TLS.
 */
export function registryEndpoints(registry: string, options: EndpointOptions): readonly Endpoint[] {
  const mirrors = Object.hasOwn(options.mirrors ?? {}, registry) ? (options.mirrors?.[registry] ?? []) : [];
  const host = registry === hub ? hubHost : registry;
  const real: Endpoint = {
    name: registry,
    account: registry === hub ? hubAccount : registry,
    origins: originsOf(host, options),
  };
  return [...mirrors.map((mirror) => mirrorOf(mirror, options)), real];
}

/** Whether a host may be spoken to without TLS. */
export function isPlainAllowed(host: string, { insecureRegistries = [] }: EndpointOptions): boolean {
  return isLoopback(host) || insecureRegistries.includes(host);
}

function originsOf(host: string, options: EndpointOptions): readonly string[] {
  return isPlainAllowed(host, options) ? [`https://${host}`, `http://${host}`] : [`https://${host}`];
}

function mirrorOf(text: string, options: EndpointOptions): Endpoint {
  const scheme = /^https?:\/\//u.exec(text)?.[0];
  const host = text.slice(scheme?.length ?? 0).replace(/\/$/u, "");
  const url = URL.parse(`https://${host}`);
  if (url === null || url.pathname !== "/" || /[?#@\\\s]/u.test(host))
    throw invalid("the mirror is not a host with or without http(s):// and port");
  if (scheme === "http://" && !isPlainAllowed(host, options))
    throw invalid(`the mirror ${host} is not listed as insecure`);
  return { name: host, account: host, origins: scheme === undefined ? originsOf(host, options) : [`${scheme}${host}`] };
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/u.test(host);
}

function invalid(why: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `read the mirrors of a registry: ${why}`, {
    hint: "Write the host and port of a mirror, and list it among the insecure registries if it has no TLS.",
  });
}
