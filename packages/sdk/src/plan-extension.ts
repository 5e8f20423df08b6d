import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BackendPlan, ExtensionId, Metadata } from "@bowsprit/core";
import { planBackend } from "@bowsprit/compose";
import type { InstalledExtension } from "@bowsprit/store";
import { projectOf } from "./project-of.ts";

export interface PlannedBackend {
  readonly plan: BackendPlan;
  readonly warnings: readonly string[];
}

/** What is known of a folder before or after it was installed. */
export interface PlanInput {
  readonly id: ExtensionId;
  readonly title: string;
  readonly metadata: Metadata;
  /** The folder that holds `metadata.json`, where local services start. */
  readonly folder: string;
  /** Reads a text of that folder by its relative path. */
  readonly readText: (path: string) => Promise<string>;
  /** What the services find in `BOWSPRIT_SOCKET`. */
  readonly socket?: string;
}

/**
 * Plans a backend from a folder's files; undefined for an extension without one.
 * @throws BowspritError `COMPOSE_INVALID`, `METADATA_INVALID`.
 */
export async function planFolder({
  metadata,
  readText,
  socket,
  ...rest
}: PlanInput): Promise<PlannedBackend | undefined> {
  const { vm } = metadata;
  if (vm === undefined) return undefined;
  const composeText = vm.composefile === undefined ? undefined : await readText(vm.composefile);
  return planBackend({
    ...rest,
    vm,
    ...(composeText !== undefined && { composeText }),
    ...(socket !== undefined && { socket }),
  });
}

/** Plans an installed extension's backend; `socket` is what its services find in `BOWSPRIT_SOCKET`. */
export async function planExtension(
  { id, record, folder }: InstalledExtension,
  socket: string | undefined,
): Promise<BackendPlan> {
  const root = join(folder, "root");
  const planned = await planFolder({
    id,
    title: record.title,
    metadata: record.metadata,
    folder: root,
    readText: (path) => readFile(join(root, path), "utf8"),
    ...(socket !== undefined && { socket }),
  });
  return planned?.plan ?? { project: projectOf(id), title: record.title, services: [] };
}
