import type { JSX } from "preact";
import { hashOf, overview } from "../route.ts";
import type { Shell } from "../shell.ts";
import { useCell } from "../use-cell.ts";
import { BrandMark } from "./brand-mark.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { ExtensionLink } from "./extension-link.tsx";
import { Glyph } from "./glyph.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

interface SidebarProps {
  readonly shell: Shell;
  readonly onInstall: () => void;
  /** Puts it away on a narrow screen, where it lies over the page. */
  readonly onClose: () => void;
}

/** Brand, extensions, what is done to all of them, and how the dashboard itself is. */
export function Sidebar({ shell, onInstall, onClose }: SidebarProps): JSX.Element {
  const route = useCell(shell.router);
  const home = route.page === "overview";
  return (
    <>
      <div class="curtain" onClick={onClose} />
      <aside id="sidebar" class="sidebar" onKeyDown={(event) => event.key === "Escape" && onClose()}>
        <a class="brand" href={hashOf(overview)} aria-current={home ? "page" : undefined}>
          <BrandMark />
          <span>Bowsprit</span>
        </a>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            onClose();
            onInstall();
          }}
        >
          <Glyph name="plus" />
          Install
        </button>
        <nav class="sidebar-list" aria-labelledby="extensions-title">
          <h2 id="extensions-title" class="caption">
            Extensions
          </h2>
          <ExtensionList shell={shell} selected={route.page === "extension" ? route.id : undefined} />
        </nav>
        <footer class="sidebar-foot">
          <ThemeSwitch theme={shell.theme} />
          <ConnectionState feed={shell.feed} />
        </footer>
      </aside>
    </>
  );
}

function ExtensionList({
  shell,
  selected,
}: {
  readonly shell: Shell;
  readonly selected: string | undefined;
}): JSX.Element {
  const state = useCell(shell.catalog);
  if (state.kind === "loading") return <p class="sidebar-note">Loading…</p>;
  if (state.kind === "failed") return <p class="sidebar-note">The list could not be read.</p>;
  if (state.extensions.length === 0) return <p class="sidebar-note">None installed yet.</p>;
  const titles = state.extensions.map(({ title }) => title);
  const isNamesake = (title: string): boolean => titles.indexOf(title) !== titles.lastIndexOf(title);
  return (
    <ul>
      {state.extensions.map((extension) => (
        <li key={extension.id}>
          <ExtensionLink
            extension={extension}
            selected={extension.id === selected}
            isNamesake={isNamesake(extension.title)}
          />
        </li>
      ))}
    </ul>
  );
}
