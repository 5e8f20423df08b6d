import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import { hashOf } from "../route.ts";
import { ExtensionIcon } from "./extension-icon.tsx";
import { StateDot } from "./state-dot.tsx";

interface ExtensionLinkProps {
  readonly extension: Extension;
  readonly selected: boolean;
  /** Whether another one has the same title: then the id is shown, too. */
  readonly isNamesake: boolean;
}

/** One extension in the sidebar. */
export function ExtensionLink({ extension, selected, isNamesake }: ExtensionLinkProps): JSX.Element {
  const { id, title, digest, state } = extension;
  return (
    <a class="extension-link" href={hashOf({ page: "extension", id })} aria-current={selected ? "page" : undefined}>
      <ExtensionIcon id={id} title={title} version={digest} />
      <span class="extension-name">
        <span class="cut">{title}</span>
        {isNamesake && <span class="muted small cut">{id}</span>}
      </span>
      <StateDot state={state} />
    </a>
  );
}
