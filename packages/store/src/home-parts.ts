import type { CurrentLink } from "./current-link.ts";
import type { DurableFiles } from "./durable-files.ts";
import type { HomeIndex } from "./home-index.ts";
import type { HomeLayout } from "./home-layout.ts";

/** What the writers of a home work with. */
export interface HomeParts {
  readonly layout: HomeLayout;
  readonly link: CurrentLink;
  readonly files: DurableFiles;
  readonly index: HomeIndex;
}
