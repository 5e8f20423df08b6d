import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import { hashOf } from "../route.ts";
import { subtitleOf } from "../subtitle-of.ts";
import { ExtensionIcon } from "./extension-icon.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One extension on the overview. */
export function ExtensionTile({ extension }: { readonly extension: Extension }): JSX.Element {
  const { id, title, digest, state, version } = extension;
  return (
    <a class="tile" href={hashOf({ page: "extension", id })}>
      <ExtensionIcon id={id} title={title} version={digest} large />
      <span class="tile-text">
        <strong class="cut">{title}</strong>
        <span class="muted cut">{subtitleOf(extension)}</span>
      </span>
      <span class="tile-foot">
        <StateBadge state={state} />
        <span class="muted cut">{version}</span>
      </span>
    </a>
  );
}
