import type { Digest } from "./digest.ts";
import type { EngineName } from "./extension.ts";
import type { ExtensionId } from "./extension-id.ts";

/** What an extension will be able to do, for a person to read before anything is written or started. Plain data. */
export interface ConsentReport {
  readonly id: ExtensionId;
  readonly title: string;
  /** Where it would be installed from: the absolute path of a folder, with links resolved, or of an archive. */
  readonly source: string;
  /** What the image is called, such as `vendor/name:1.0`; null for a folder, and for an image without a name. */
  readonly image: string | null;
  /** Of the image's manifest: what is agreed to is this image and no other. Null for a folder. */
  readonly digest: Digest | null;
  /** Who says that he made it; null where nobody does. */
  readonly vendor: string | null;
  /** Null for an extension without a backend. */
  readonly engine: EngineName | null;
  /** Why that engine was chosen. */
  readonly engineReason: string;
  /** The commands that will run as the user, on the computer that it is installed on. */
  readonly services: readonly { readonly name: string; readonly command: readonly string[] }[];
  /** The host executables that the page and the command line may start as the user. */
  readonly executables: readonly string[];
  /** The title of the page; null for an extension without one. */
  readonly page: string | null;
  /** What was odd about the source, in words. */
  readonly warnings: readonly string[];
}
