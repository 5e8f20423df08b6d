import { type ExtensionId, isExtensionId, toExtensionId } from "./extension-id.ts";
import { repositoryOf } from "./image-ref.ts";

/**
 * The id that an `<id>` argument means: an id as it is, or the id of `repository[:tag][@digest]`. The id of
 * `localhost:5000/ns/name:1.0` is `localhost-5000_ns_name`.
 * @throws BowspritError `REFERENCE_INVALID` for what is neither.
 */
export function extensionIdOfArgument(text: string): ExtensionId {
  return isExtensionId(text) ? text : toExtensionId(repositoryOf(text));
}
