import type { JSX } from "preact";
import { hashOf } from "../route.ts";
import type { Extension } from "../wire.ts";
import { ExtensionIcon } from "./extension-icon.tsx";
import { StateBadge } from "./state-dot.tsx";

/** One extension on the overview. */
export function ExtensionTile({ extension }: { readonly extension: Extension }): JSX.Element {
  const { id, title, digest, state } = extension;
  return (
    <a class="tile" href={hashOf({ page: "extension", id })}>
      <ExtensionIcon id={id} title={title} version={digest} large />
      <span class="tile-text">
        <strong class="cut">{title}</strong>
        <span class="muted cut">{subtitleOf(extension)}</span>
      </span>
      <StateBadge state={state} />
    </a>
  );
}

/** Who made it, which version it is, and where it came from, as far as that is known. */
export function subtitleOf({ vendor, version, image, id }: Extension): string {
  const parts = [vendor, version, image ?? "from a folder"].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? id : parts.join(" · ");
}
