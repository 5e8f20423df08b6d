import type { JSX } from "preact";
import type { Cell } from "../create-cell.ts";
import { type Theme, themes } from "../create-theme.ts";
import { useCell } from "../use-cell.ts";
import { Glyph } from "./glyph.tsx";

/** Chooses between the three themes. Radio buttons under the drawings, so that the arrow keys work as people expect. */
export function ThemeSwitch({ theme }: { readonly theme: Cell<Theme> }): JSX.Element {
  const chosen = useCell(theme);
  return (
    <fieldset class="switch">
      <legend class="hidden">Theme</legend>
      {themes.map((name) => (
        <label key={name} title={`${name} theme`}>
          <input type="radio" name="theme" value={name} checked={name === chosen} onChange={() => theme.set(name)} />
          <Glyph name={name} />
          <span class="hidden">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
