import type { JSX } from "preact";
import { hashOf, overview } from "../route.ts";

/** What a bookmark of an extension shows that is there no more. */
export function NotInstalled({ id }: { readonly id: string }): JSX.Element {
  return (
    <div class="sheet centred">
      <h1>Not installed</h1>
      <p class="muted">
        There is no extension <code>{id}</code> here. It may have been removed.
      </p>
      <a class="button" href={hashOf(overview)}>
        All extensions
      </a>
    </div>
  );
}
