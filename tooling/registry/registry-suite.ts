import type { Suite } from "@tooling/provision";
import { findRegistry } from "./find-registry.ts";

/** The suites that download from a real registry. */
export const registrySuite: Suite = {
  name: "registry",
  title: "the registry suites",
  look: async () => {
    const found = await findRegistry();
    return found.available ? undefined : found;
  },
};
