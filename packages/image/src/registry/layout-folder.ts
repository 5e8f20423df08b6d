import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Digest, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";
import type { FetchedManifest } from "./fetch-manifest.ts";

/** Where a blob lies in an OCI layout. */
export function blobPath(folder: string, digest: Digest): string {
  return join(folder, "blobs", "sha256", digest.slice("sha256:".length));
}

/**
 * Makes an OCI layout of a folder whose blobs are there. `index.json` comes last and at once: a folder that has one is complete, but
 * for the platforms that were not chosen.
 * @throws BowspritError `HOME_UNUSABLE`.
 */
export async function writeLayout(
  folder: string,
  manifests: readonly FetchedManifest[],
  root: RootEntry,
): Promise<void> {
  try {
    for (const { descriptor, bytes } of manifests) await writeWhole(blobPath(folder, descriptor.digest), bytes);
    await writeWhole(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
    await writeWhole(join(folder, "index.json"), JSON.stringify(indexOf(root)));
  } catch (error) {
    throw fromNodeError(error, {
      attempt: `write the image layout ${folder}`,
      codes: { EACCES: ErrorCode.HomeUnusable },
    });
  }
}

/** What `index.json` says. */
export interface RootEntry {
  readonly descriptor: Descriptor;
  readonly tag: string | undefined;
}

function indexOf({ descriptor, tag }: RootEntry): unknown {
  const { mediaType, digest, size } = descriptor;
  const named = tag === undefined ? {} : { annotations: { "org.opencontainers.image.ref.name": tag } };
  return {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [{ mediaType, digest, size, ...named }],
  };
}

async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.part`, content, { mode: 0o600 });
  await rename(`${path}.part`, path);
}
