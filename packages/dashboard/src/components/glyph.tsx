import type { JSX } from "preact";

const paths = {
  check: "M3.5 8.5l3 3 6-7",
  chevron: "M6 3.5L10.5 8 6 12.5",
  close: "M4 4l8 8M12 4l-8 8",
  dark: "M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z",
  error: "M8 4.5v4M8 11v.2M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5z",
  light:
    "M8 5.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5zM8 1v1.25M8 13.75V15M1 8h1.25M13.75 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  logs: "M2.5 4h11M2.5 8h7.5M2.5 12h9.5",
  menu: "M2 4h12M2 8h12M2 12h12",
  plus: "M8 3v10M3 8h10",
  refresh: "M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.5v3.3H9.7",
  restart: "M5 3.5l7 4.5-7 4.5z",
  system: "M2 3h12v8H2zM5.5 14h5M8 11v3",
  trash: "M2.5 4.5h11M6 4.5V2.75h4V4.5M4 4.5l.6 8.75h6.8L12 4.5M6.75 7v4M9.25 7v4",
  warning: "M8 6.25v3.25M8 11.5v.2M8 2L1.5 13.5h13z",
} as const;

/** The drawings there are. */
export type GlyphName = keyof typeof paths;

/** A small drawing beside a text that says the same, so that it is hidden from a screen reader. */
export function Glyph({ name }: { readonly name: GlyphName }): JSX.Element {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
