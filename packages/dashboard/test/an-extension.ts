import { type Extension, toExtensionId } from "@bowsprit/core";

/** An extension as a gateway lists it: running, with a page and one service. */
export function anExtension(name: string, differences: Partial<Extension> = {}): Extension {
  return {
    id: toExtensionId(name),
    title: name,
    vendor: "Vendor",
    version: "1.0.0",
    image: null,
    digest: null,
    engine: "local",
    state: "running",
    enabled: true,
    ui: { title: name },
    services: [{ name: "service", state: "running" }],
    binaries: [],
    ...differences,
  };
}
