import type { BackendPlan } from "@bowsprit/core";

/** The names of the services that only an engine can run; empty for a backend that can run as local processes. */
export function servicesWithoutCommand({ services }: BackendPlan): readonly string[] {
  return services.filter(({ command }) => command === undefined).map(({ name }) => name);
}
