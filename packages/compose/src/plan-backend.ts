import type { BackendPlan, LocalCommand, ServicePlan } from "@bowsprit/core";
import { composeError } from "./compose-error.ts";
import { readCompose } from "./read-compose.ts";

/** What a backend is planned from: its metadata and its compose file, read already. */
export interface PlanInput {
  /** The extension's id; the project is `<id>-desktop-extension`. */
  readonly id: string;
  readonly title: string;
  /** The `vm` section of the metadata. */
  readonly vm: { readonly image?: string; readonly composefile?: string; readonly local?: LocalCommand };
  /** The text of `vm.composefile`. */
  readonly composeText?: string;
  /** Where the services start: the extension's folder, an absolute path. */
  readonly folder: string;
  /** What the services find in `BOWSPRIT_SOCKET`: the path of a socket file, or on Windows of a pipe. */
  readonly socket?: string;
}

export interface PlanReading {
  readonly plan: BackendPlan;
  readonly warnings: readonly string[];
}

/**
 * Plans a backend; pure. A single image, or `x-local` alone, is one service called `service`. The services of a compose file keep their
 * order, and one that its `profiles` switch off is left out, as Compose does. The values of `x-local` are taken verbatim: `${…}` in them
 * is not replaced.
 * @throws BowspritError `COMPOSE_INVALID`.
 */
export function planBackend(input: PlanInput): PlanReading {
  const { id, title, vm, folder, socket } = input;
  const { services, warnings } = servicesOf(input);
  const planned = services.map(({ name, local }): ServicePlan => ({
    name,
    ...(local !== undefined && { command: local.command }),
    env: { ...local?.env, ...(socket !== undefined && { BOWSPRIT_SOCKET: socket }) },
    cwd: folder,
  }));
  const ignored = vm.composefile !== undefined && vm.local !== undefined;
  return {
    plan: { project: `${id}-desktop-extension`, title, services: planned },
    warnings: [...(ignored ? ["vm.x-local: ignored; it belongs into a service of the compose file"] : []), ...warnings],
  };
}

interface Source {
  readonly services: readonly { readonly name: string; readonly local?: LocalCommand }[];
  readonly warnings: readonly string[];
}

function servicesOf({ vm, composeText }: PlanInput): Source {
  if (vm.composefile === undefined) {
    if (vm.image === undefined && vm.local === undefined) return { services: [], warnings: [] };
    return { services: [{ name: "service", ...(vm.local && { local: vm.local }) }], warnings: [] };
  }
  if (composeText === undefined) throw composeError(`${vm.composefile} is missing`);
  const { services, warnings } = readCompose(composeText);
  const off = services.filter((service) => service.off);
  return {
    services: services.filter((service) => !service.off),
    warnings: [...warnings, ...off.map(({ name }) => `services.${name}: not started, because it has profiles`)],
  };
}
