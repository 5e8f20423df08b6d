import type { JSX } from "preact";

/** The ship under sail, with the spar that gives the project its name. A drawing only: the name stands beside it. */
export function BrandMark(): JSX.Element {
  return (
    <svg class="brand-mark" viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="15" fill="#0b5fff" />
      <path d="M10 42h44l-6 10H18z" fill="#fff" />
      <path d="M30 12v26H14z" fill="#fff" />
      <path d="M34 18v20h16z" fill="#9ec5ff" />
      <path d="M48 42l10-9" stroke="#fff" stroke-width="3" stroke-linecap="round" />
    </svg>
  );
}
