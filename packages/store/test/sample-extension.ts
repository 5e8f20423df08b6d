import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDigest, toExtensionId } from "@bowsprit/core";
import type { ExtensionRecord, HomeLock, InstalledExtension, Store } from "../src/index.ts";

/** A record whose digest follows from `content`. */
export function sampleRecord(name: string, content: string): ExtensionRecord {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return {
    format: 1,
    id: toExtensionId(name),
    title: name,
    vendor: null,
    version: null,
    image: null,
    digest: parseDigest(`sha256:${sha256}`),
    source: { kind: "folder", path: `/src/${name}` },
    engine: null,
    installedAt: "2026-01-02T03:04:05.000Z",
    metadata: {},
    services: [],
    files: [{ path: "content.txt", sha256, size: content.length, mode: 0o600 }],
    binaries: [],
  };
}

/** Installs an extension of one file that holds `content`. */
export async function installSample(
  store: Store,
  lock: HomeLock,
  sample: { name: string; content: string; replace?: boolean },
): Promise<InstalledExtension> {
  const staging = await store.stage(lock);
  try {
    await writeFile(join(staging.root, "content.txt"), sample.content);
    const record = sampleRecord(sample.name, sample.content);
    return await store.commit(lock, staging, { record, replace: sample.replace ?? false });
  } finally {
    await staging.discard();
  }
}
