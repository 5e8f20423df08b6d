import { BowspritError } from "./bowsprit-error.ts";
import { ErrorCode } from "./error-code.ts";

/** The name of an installed extension: `[a-z0-9][a-z0-9_-]*`, at most 128 characters; also a folder name and part of a container name. */
export type ExtensionId = string & { readonly __brand: "ExtensionId" };

const pattern = /^[a-z0-9][a-z0-9_-]{0,127}$/;

/**
 * The id of a repository or folder name: lower case, `/` becomes `_`, every other character outside `[a-z0-9_-]` becomes `-`.
 * @throws BowspritError `REFERENCE_INVALID` when the result is empty, too long, or does not begin with a letter or digit.
 */
export function toExtensionId(name: string): ExtensionId {
  const id = name
    .toLowerCase()
    .replaceAll("/", "_")
    .replaceAll(/[^a-z0-9_-]/gu, "-");
  if (!pattern.test(id)) {
    throw new BowspritError(
      ErrorCode.ReferenceInvalid,
      `make an extension id of ${JSON.stringify(name)}: ${reasonOf(id)}`,
      {
        hint: 'Give metadata.json a "name" that begins with a letter or digit and has at most 128 characters.',
      },
    );
  }
  return id as ExtensionId;
}

/** True for a text that has the form of an id. */
export function isExtensionId(text: string): text is ExtensionId {
  return pattern.test(text);
}

function reasonOf(id: string): string {
  if (id === "") return "it is empty";
  return id.length > 128 ? "it is longer than 128 characters" : "it does not begin with a letter or digit";
}
