import type { Descriptor } from "./descriptor.ts";

/** True for what builders store beside an image about it; it names the platform unknown/unknown. */
export function isAttestation({ platform, annotations = {} }: Descriptor): boolean {
  if (platform?.os === "unknown" && platform.architecture === "unknown") return true;
  return Object.hasOwn(annotations, "vnd.docker.reference.type");
}
