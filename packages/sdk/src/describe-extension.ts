import { join } from "node:path";
import type { Extension, ExtensionDetails, ExtensionState, ServiceState, ServiceStatus } from "@bowsprit/core";
import type { BrokenExtension, InstalledExtension } from "@bowsprit/store";
import { formatAddress, type Transport } from "@bowsprit/transport";
import { addressOf } from "./address-of.ts";
import { iconOf } from "./describe-page.ts";

const notStarted: ServiceState = "stopped";

/** What a list shows of an installed extension, given what its services do now. */
export function describeExtension(installed: InstalledExtension, statuses: readonly ServiceStatus[]): Extension {
  const { record, wants } = installed;
  const services = record.services.map((name) => ({
    name,
    state: statuses.find((status) => status.name === name)?.state ?? notStarted,
  }));
  return {
    id: installed.id,
    title: record.title,
    vendor: record.vendor,
    version: record.version,
    image: record.image,
    digest: record.digest,
    engine: record.engine,
    state: wants.enabled ? stateOf(services.map(({ state }) => state)) : "disabled",
    enabled: wants.enabled,
    ui: record.metadata.ui === undefined ? null : { title: record.title },
    services,
    binaries: record.binaries.map(({ path, ...binary }) => ({ ...binary, path: join(installed.folder, path) })),
  };
}

/** What a list shows of an entry whose files cannot be read: enough to remove it. */
export function describeBroken({ id }: BrokenExtension): Extension {
  const unknown = { vendor: null, version: null, image: null, digest: null, engine: null, ui: null };
  return { id, title: id, ...unknown, state: "failed", enabled: false, services: [], binaries: [] };
}

/** All that is known of an entry whose files cannot be read. */
export function describeBrokenDetails(entry: BrokenExtension): ExtensionDetails {
  const unknown = { source: null, installedAt: null, folder: null, icon: null, address: null };
  return { ...describeBroken(entry), ...unknown, processes: [], problem: entry.error.message };
}

/** All that is known of an installed extension. */
export function describeDetails(
  installed: InstalledExtension,
  statuses: readonly ServiceStatus[],
  transport: Transport,
): ExtensionDetails {
  const { record, folder } = installed;
  const address = addressOf(installed, transport);
  return {
    ...describeExtension(installed, statuses),
    source: record.source,
    installedAt: record.installedAt,
    folder,
    icon: iconOf(installed),
    address: address === undefined ? null : formatAddress(address),
    processes: statuses.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ service: name, pid }])),
    problem: null,
  };
}

/** A service that ended well did what it was for. */
function stateOf(states: readonly ServiceState[]): ExtensionState {
  if (states.includes("failed")) return "failed";
  if (states.includes("starting")) return "starting";
  return states.every((state) => state === "running" || state === "completed") ? "running" : "stopped";
}
