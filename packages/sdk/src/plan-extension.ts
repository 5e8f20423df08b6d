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
  /** Only a folder may start processes of this computer: of anything else `x-local` is left out, with a warning. */
  readonly isFolder: boolean;
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
  isFolder,
  readText,
  socket,
  ...rest
}: PlanInput): Promise<PlannedBackend | undefined> {
  const { vm } = metadata;
  if (vm === undefined) return undefined;
  const composeText = vm.composefile === undefined ? undefined : await readText(vm.composefile);
  const planned = planBackend({
    ...rest,
    vm,
    ...(composeText !== undefined && { composeText }),
    ...(socket !== undefined && { socket }),
  });
  return isFolder ? planned : withoutCommands(planned);
}

/** An image must never start a process of this computer, whatever its files say. */
function withoutCommands({ plan, warnings }: PlannedBackend): PlannedBackend {
  const named = plan.services.filter(({ command }) => command !== undefined).map(({ name }) => name);
  const services = plan.services.map(({ command: _command, ...service }) => ({ ...service, env: {} }));
  const ignored = named.map(
    (name) => `x-local of service ${name}: ignored; only a folder may run a process of this computer`,
  );
  return { plan: { ...plan, services }, warnings: [...warnings, ...ignored] };
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
    isFolder: record.source.kind === "folder",
    folder: root,
    readText: (path) => readFile(join(root, path), "utf8"),
    ...(socket !== undefined && { socket }),
  });
  return planned?.plan ?? { project: projectOf(id), title: record.title, services: [] };
}
