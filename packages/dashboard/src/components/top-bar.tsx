import type { JSX } from "preact";
import { BrandMark } from "./brand-mark.tsx";
import { Glyph } from "./glyph.tsx";

interface TopBarProps {
  /** The selected extension's title; absent on the overview. */
  readonly title: string | undefined;
  /** True while the sidebar is shown. */
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What a narrow screen shows in place of the sidebar: where one is, and the button that brings the sidebar. */
export function TopBar({ title, open, onToggle }: TopBarProps): JSX.Element {
  return (
    <div class="top-bar">
      <button type="button" class="icon-button" aria-expanded={open} aria-controls="sidebar" onClick={onToggle}>
        <Glyph name="menu" />
        <span class="hidden">Extensions</span>
      </button>
      <BrandMark />
      <span class="cut">{title ?? "Bowsprit"}</span>
    </div>
  );
}
