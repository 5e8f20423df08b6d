import { join } from "node:path";
import { type Digest, type ExtensionId, isExtensionId } from "@bowsprit/core";

/** Where everything is below a home. Pure: it names paths and touches none. */
export interface HomeLayout {
  readonly home: string;
  readonly lockFile: string;
  /** What the user wants. */
  readonly wantsFile: string;
  /** The digests of what is installed. */
  readonly digestsFile: string;
  readonly extensions: string;
  readonly sockets: string;
  readonly staging: string;
  /** Written by others; only removed here, when it is empty. */
  readonly logs: string;
  readonly run: string;
  extension(id: ExtensionId): string;
  current(id: ExtensionId): string;
  versions(id: ExtensionId): string;
  socketsOf(id: ExtensionId): string;
}

/** An id that is none is a `TypeError`, since each becomes part of a path. */
export function createHomeLayout(home: string): HomeLayout {
  const extension = (id: ExtensionId): string => join(home, "extensions", requireId(id));
  return {
    home,
    lockFile: join(home, "home.lock"),
    wantsFile: join(home, "extensions.json"),
    digestsFile: join(home, "bowsprit.lock"),
    extensions: join(home, "extensions"),
    sockets: join(home, "sockets"),
    staging: join(home, "staging"),
    logs: join(home, "logs"),
    run: join(home, "run"),
    extension,
    current: (id) => join(extension(id), "current"),
    versions: (id) => join(extension(id), "versions"),
    socketsOf: (id) => join(home, "sockets", requireId(id)),
  };
}

function requireId(id: ExtensionId): ExtensionId {
  if (!isExtensionId(id)) throw new TypeError(`not an extension id: ${JSON.stringify(id)}`);
  return id;
}

/** The name of a version's folder: a colon is not allowed in file names everywhere. */
export function versionName(digest: Digest): string {
  return digest.replace(":", "-");
}

/**
 * The digest in the name of a version's folder, or undefined for any other name. The name may end in `-2`: so a version can be
 * replaced by the same one, whole, while `current` names the first.
 */
export function digestOfVersion(name: string): Digest | undefined {
  const [, hash] = /^sha256-([0-9a-f]{64})(?:-2)?$/u.exec(name) ?? [];
  return hash === undefined ? undefined : (`sha256:${hash}` as Digest);
}
