import type { DocumentFields } from "./document-fields.ts";
import { imageLimits } from "./image-limits.ts";
import type { ImageConfig } from "./image-manifest.ts";
import { readDigest } from "./read-descriptor.ts";

/**
 * Reads what counts of an image's configuration: its platform, its labels, its layers. Entry points, environment, health checks and
 * whatever else stands there are not even looked at.
 * @throws BowspritError `SOURCE_REFUSED`, `UNSUPPORTED`.
 */
export function readConfig(fields: DocumentFields, place: string): ImageConfig {
  const architecture = fields.text("architecture");
  const variant = fields.text("variant");
  const diffIds = fields.object("rootfs")?.list("diff_ids", imageLimits.layers) ?? [];
  return {
    os: fields.text("os") ?? "linux",
    ...(architecture !== undefined && { architecture }),
    ...(variant !== undefined && { variant }),
    labels: fields.object("config")?.texts("Labels") ?? {},
    diffIds: diffIds.map((value, at) => readDigest(value, `${place}: rootfs: diff_ids[${at}]`)),
  };
}
