import { createHost, type Host } from "@bowsprit/sdk";

/** The host of a home folder; without one, of the default home. */
export function openHost(home: string | undefined): Host {
  return createHost(home === undefined ? {} : { home });
}
