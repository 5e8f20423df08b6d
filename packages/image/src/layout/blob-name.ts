import type { Digest } from "@bowsprit/core";

/** Where a blob lies in an OCI layout. */
export function blobName(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}
