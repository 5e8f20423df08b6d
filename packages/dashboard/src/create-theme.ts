import { createCell, type Cell } from "./create-cell.ts";

/** The themes in the order of the switch. */
export const themes = ["system", "light", "dark"] as const;

/** `system` follows the operating system. */
export type Theme = (typeof themes)[number];

export interface ThemeOptions {
  /** Where the choice is kept. */
  readonly storage: Pick<Storage, "getItem" | "setItem">;
  /** Called with every choice, the first included. */
  readonly apply: (theme: Theme) => void;
}

const key = "bowsprit-theme";

/** Creates the choice of theme, as it was made last time, else `system`. */
export function createTheme({ storage, apply }: ThemeOptions): Cell<Theme> {
  const cell = createCell(kept(storage));
  apply(cell.value());
  return {
    value: cell.value,
    subscribe: cell.subscribe,
    set(theme) {
      cell.set(theme);
      apply(theme);
      try {
        storage.setItem(key, theme);
      } catch {
        // A browser that keeps nothing still shows the theme.
      }
    },
  };
}

function kept(storage: ThemeOptions["storage"]): Theme {
  try {
    const value = storage.getItem(key);
    return themes.find((theme) => theme === value) ?? "system";
  } catch {
    return "system";
  }
}
