import type { JSX } from "preact";
import { hashOf } from "../route.ts";
import type { Extension } from "../wire.ts";
import { ExtensionIcon } from "./extension-icon.tsx";
import { StateDot } from "./state-dot.tsx";

interface ExtensionLinkProps {
  readonly extension: Extension;
  readonly selected: boolean;
}

/** One extension in the sidebar. */
export function ExtensionLink({ extension, selected }: ExtensionLinkProps): JSX.Element {
  const { id, title, digest, state } = extension;
  return (
    <a class="extension-link" href={hashOf({ page: "extension", id })} aria-current={selected ? "page" : undefined}>
      <ExtensionIcon id={id} title={title} version={digest} />
      <span class="cut">{title}</span>
      <StateDot state={state} />
    </a>
  );
}
