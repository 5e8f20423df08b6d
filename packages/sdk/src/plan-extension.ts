import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BackendPlan, ExtensionId, Metadata } from "@bowsprit/core";
import { planBackend } from "@bowsprit/compose";
import type { InstalledExtension } from "@bowsprit/store";
import type { Address, Transport } from "@bowsprit/transport";
import { toPipePath } from "@bowsprit/transport-named-pipe";
import { addressOf } from "./address-of.ts";
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

/** Plans an installed extension's backend and says where it will listen. */
export async function planExtension(
  installed: InstalledExtension,
  transport: Transport,
): Promise<{ plan: BackendPlan; address: Address | undefined }> {
  const { id, record, folder } = installed;
  const address = addressOf(installed, transport);
  const root = join(folder, "root");
  const planned = await planFolder({
    id,
    title: record.title,
    metadata: record.metadata,
    folder: root,
    readText: (path) => readFile(join(root, path), "utf8"),
    ...(address !== undefined && { socket: nativeName(address) }),
  });
  return { plan: planned?.plan ?? { project: projectOf(id), title: record.title, services: [] }, address };
}

/** The address as a program passes it to `listen`. */
function nativeName(address: Address): string {
  return address.scheme === "unix" ? address.path : toPipePath(address.name);
}
