import type { ExtensionId } from "@bowsprit/core";

/** What a server needs to show an extension's page; plain data. */
export interface ExtensionPage {
  readonly id: ExtensionId;
  readonly title: string;
  /** What the page is told as its image: the reference, or the id of an extension that came from a folder. */
  readonly image: string;
  /** Changes with every version. */
  readonly digest: string;
  /** The folder of the page, an absolute path. Nothing outside `files` belongs to it, whatever it holds. */
  readonly folder: string;
  /** Every file of the page, relative to `folder`, with `/`. */
  readonly files: readonly string[];
  /** The first file as a relative URL, with what follows the file in it. */
  readonly entry: string;
  /** The parts of `ddClient.extension` that the metadata has a section for. */
  readonly offers: { readonly service: boolean; readonly vm: boolean; readonly host: boolean };
}
