import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import type { CatalogState } from "../create-catalog.ts";
import type { Shell } from "../shell.ts";
import { BrandMark } from "./brand-mark.tsx";
import { ErrorNote } from "./error-note.tsx";
import { ExtensionTile } from "./extension-tile.tsx";
import { Glyph } from "./glyph.tsx";
import { Loading } from "./loading.tsx";

interface OverviewProps {
  readonly shell: Shell;
  readonly state: CatalogState;
  readonly onInstall: () => void;
}

/** What is shown while no extension is chosen: how many there are and which, or how to get the first. */
export function Overview({ shell, state, onInstall }: OverviewProps): JSX.Element {
  if (state.kind === "loading") return <Loading title="Reading the list of extensions" />;
  if (state.kind === "failed") {
    return (
      <div class="sheet">
        <ErrorNote title="The list of extensions could not be read" error={state.error} />
        <button type="button" class="button primary" onClick={() => void shell.catalog.refresh()}>
          Try again
        </button>
      </div>
    );
  }
  if (state.extensions.length === 0) return <EmptyState onInstall={onInstall} />;
  return (
    <div class="sheet">
      <header class="welcome">
        <h1>Your extensions</h1>
        <p class="muted">{summaryOf(state.extensions)}</p>
      </header>
      <ul class="tiles">
        {state.extensions.map((extension) => (
          <li key={extension.id}>
            <ExtensionTile extension={extension} />
          </li>
        ))}
        <li>
          <button type="button" class="tile add" onClick={onInstall}>
            <Glyph name="plus" />
            Install an extension
          </button>
        </li>
      </ul>
    </div>
  );
}

function EmptyState({ onInstall }: { readonly onInstall: () => void }): JSX.Element {
  return (
    <div class="sheet centred">
      <BrandMark />
      <h1>No extensions yet</h1>
      <p class="muted">
        An extension is a folder with a <code>metadata.json</code>. Choose one here, or install it in a terminal; it
        appears on this page by itself.
      </p>
      <button type="button" class="button primary" onClick={onInstall}>
        <Glyph name="plus" />
        Install an extension
      </button>
      <pre class="screen">bowsprit install &lt;folder&gt;</pre>
    </div>
  );
}

function summaryOf(extensions: readonly Extension[]): string {
  const count = (state: Extension["state"]): number => extensions.filter((one) => one.state === state).length;
  const parts = [`${extensions.length} installed`, `${count("running")} running`];
  const failed = count("failed");
  return [...parts, ...(failed === 0 ? [] : [`${failed} failed`])].join(" · ");
}
