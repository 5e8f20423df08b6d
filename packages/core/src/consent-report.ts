import type { EngineName } from "./extension.ts";
import type { ExtensionId } from "./extension-id.ts";

/** What an extension will be able to do, for a person to read before anything is written or started. Plain data. */
export interface ConsentReport {
  readonly id: ExtensionId;
  readonly title: string;
  /** Where it would be installed from: the absolute path of a folder, with links resolved. */
  readonly source: string;
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
