import type { JsonValue } from "@bowsprit/core";
import { chooseImage } from "./choose-image.ts";
import { readFields } from "./document-fields.ts";
import { imageLimits } from "./image-limits.ts";
import { parseDocument } from "./parse-document.ts";

/** An image as `manifest.json` of a `docker save` archive describes it: by names of files in the archive. */
export interface DockerImage {
  readonly config: string;
  readonly layers: readonly string[];
  readonly names: readonly string[];
}

/**
 * Reads `manifest.json` and chooses an image of it.
 * @throws BowspritError `SOURCE_REFUSED`, `MESSAGE_TOO_LARGE`, and what {@link chooseImage} throws.
 */
export function readDockerManifest(bytes: Buffer, name: string | undefined, location: string): DockerImage {
  const place = `read manifest.json of ${location}`;
  // The list stands at the top of the document: wrapped, it is read as any other list is.
  const whole = readFields({ manifests: parseDocument(bytes, `manifest.json of ${location}`) }, place);
  const images = whole
    .list("manifests", imageLimits.manifests)
    .map((value, at) => readImage(value, `${place}: [${at}]`));
  const named = images.map((image) => ({ ...image, digest: image.config }));
  const [first, ...others] = chooseImage(named, name, `open the archive ${location}`);
  if (first !== undefined && others.every(({ config }) => config === first.config)) return first;
  throw whole.refusal("RepoTags", "two images have one name");
}

function readImage(value: JsonValue, place: string): DockerImage {
  const fields = readFields(value, place);
  const config = fields.text("Config");
  if (config === undefined) throw fields.refusal("Config", "missing");
  return {
    config,
    layers: texts(fields.list("Layers", imageLimits.layers), () => fields.refusal("Layers", "not a list of texts")),
    names: texts(fields.list("RepoTags", imageLimits.manifests), () =>
      fields.refusal("RepoTags", "not a list of texts"),
    ),
  };
}

function texts(list: readonly JsonValue[], refusal: () => Error): readonly string[] {
  return list.map((item) => {
    if (typeof item === "string") return item;
    throw refusal();
  });
}
