import type { JSX } from "preact";
import { useState } from "preact/hooks";

interface ExtensionIconProps {
  readonly id: string;
  readonly title: string;
  /** What changes with the icon, so that an update is not shown with the old one. */
  readonly version: string | null;
  readonly large?: boolean;
}

/** Tints that white letters can be read on. */
const tints = ["#0b5fff", "#7a3ff2", "#0a7d6c", "#b3470f", "#a3276e", "#3c5a86"] as const;

/** An extension's icon, or a tile with its first letter where it has none. A drawing only: the title stands beside it. */
export function ExtensionIcon({ id, title, version, large = false }: ExtensionIconProps): JSX.Element {
  const [missing, setMissing] = useState<string>();
  const url = `/api/icons/${encodeURIComponent(id)}${version === null ? "" : `?v=${encodeURIComponent(version.slice(-12))}`}`;
  const size = large ? "icon large" : "icon";
  if (missing !== url) return <img class={size} src={url} alt="" onError={() => setMissing(url)} />;
  return (
    <span class={`${size} letter`} style={{ backgroundColor: tintOf(id) }} aria-hidden="true">
      {/[\p{L}\p{N}]/u.exec(title)?.[0].toUpperCase() ?? "?"}
    </span>
  );
}

function tintOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum += letter.codePointAt(0) ?? 0;
  return tints[sum % tints.length] ?? tints[0];
}
