import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { adoptExecutables, chooseExecutables } from "@bowsprit/binary-installer";
import { BowspritError, ErrorCode, formatImageRef, type Platform } from "@bowsprit/core";
import type { ExtensionRecord, HomeLock, InstalledExtension, Store } from "@bowsprit/store";
import { type PlannedBackend, planFolder } from "./plan-extension.ts";
import type { Candidate } from "./read-candidate.ts";

export interface WriteOptions {
  readonly store: Store;
  readonly platform: Platform;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** Copies a candidate into the store and makes it the installed version; a failure leaves nothing of it. */
export async function writeCandidate(
  candidate: Candidate,
  lock: HomeLock,
  options: WriteOptions,
): Promise<InstalledExtension> {
  const { id, title, image, planned, decision } = candidate;
  const { store, platform, say } = options;
  const choices = chooseExecutables(image.metadata, platform);
  const staging = await store.stage(lock);
  try {
    const whole = planned?.plan.services.some(({ command }) => command !== undefined) ?? false;
    const paths = choices.map(({ path }) => path);
    const written = await image.write(staging.root, {
      whole,
      paths,
      ...(options.signal && { signal: options.signal }),
    });
    await refuseOtherPlan(candidate, staging.root);
    const { binaries, warnings } = await adoptExecutables({
      choices,
      root: staging.root,
      target: staging.host,
      platform,
    });
    for (const warning of [...written.warnings, ...warnings]) say(`note: ${warning}`);
    const record: ExtensionRecord = {
      format: 1,
      id,
      title,
      vendor: image.labels?.vendor ?? null,
      version: image.reference?.tag ?? null,
      image: image.reference === null ? null : formatImageRef(image.reference),
      digest: written.digest,
      source: { kind: image.kind, path: image.location },
      engine: decision.engine,
      installedAt: new Date().toISOString(),
      metadata: image.metadata,
      services: planned?.plan.services.map(({ name }) => name) ?? [],
      files: written.files,
      binaries: binaries.map(({ name, path, sha256 }) => ({ name, path: `host/${path}`, sha256 })),
    };
    return await store.commit(lock, staging, { record });
  } catch (error) {
    await staging.discard();
    throw error;
  }
}

/** What was agreed to is what was read then; a folder that says something else by now is another one. */
async function refuseOtherPlan({ id, title, image, planned }: Candidate, root: string): Promise<void> {
  const readText = (path: string): Promise<string> => readFile(join(root, path), "utf8");
  const written = await planFolder({
    id,
    title,
    metadata: image.metadata,
    isFolder: image.kind === "folder",
    folder: root,
    readText,
  });
  if (isDeepStrictEqual(commandsOf(written), commandsOf(planned))) return;
  throw new BowspritError(ErrorCode.SourceRefused, `install ${id}: its compose file changed after it was agreed to`, {
    hint: "Install again, when nothing writes to the folder.",
  });
}

function commandsOf(planned: PlannedBackend | undefined): unknown {
  return planned?.plan.services.map(({ name, command, env }) => ({ name, command, env }));
}
