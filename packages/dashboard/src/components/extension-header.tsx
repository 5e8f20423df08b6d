import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import { subtitleOf } from "../subtitle-of.ts";
import { ExtensionIcon } from "./extension-icon.tsx";
import { Glyph } from "./glyph.tsx";
import { StateBadge } from "./state-badge.tsx";

/** What the part below the header shows. */
export type ViewName = "page" | "details";

const views: readonly ViewName[] = ["page", "details"];

interface ExtensionHeaderProps {
  readonly extension: Extension;
  /** Undefined where there is nothing to choose from. */
  readonly view: { readonly shown: ViewName; readonly choose: (view: ViewName) => void } | undefined;
  readonly logs: { readonly shown: boolean; readonly toggle: () => void };
  /** True while the backend is being started by hand. */
  readonly starting: boolean;
  readonly onStart: () => void;
  readonly onRemove: () => void;
}

/** What the extension is, how it is, and what can be done with it. */
export function ExtensionHeader(props: ExtensionHeaderProps): JSX.Element {
  const { extension, view, logs, starting, onStart, onRemove } = props;
  const { id, title, digest, state, enabled, services, version } = extension;
  const startable = enabled && services.length > 0 && (state === "failed" || state === "stopped");
  return (
    <header class="extension-header">
      <ExtensionIcon id={id} title={title} version={digest} large />
      <div class="extension-title">
        <h1 class="cut" title={title}>
          {title}
        </h1>
        <p class="muted small cut">{[version, subtitleOf(extension)].filter((part) => part !== null).join(" · ")}</p>
      </div>
      <StateBadge state={state} />
      <div class="tools">
        {startable && (
          <button type="button" class="button" disabled={starting} onClick={onStart}>
            <Glyph name={state === "failed" ? "refresh" : "restart"} />
            {startLabel(state, starting)}
          </button>
        )}
        {view !== undefined && (
          <div class="segments" role="group" aria-label="View">
            {views.map((name) => (
              <button key={name} type="button" aria-pressed={name === view.shown} onClick={() => view.choose(name)}>
                {name}
              </button>
            ))}
          </div>
        )}
        <button type="button" class="button" aria-expanded={logs.shown} onClick={logs.toggle}>
          <Glyph name="logs" />
          <span class="label">Logs</span>
        </button>
        <button type="button" class="button quiet-danger" onClick={onRemove}>
          <Glyph name="trash" />
          <span class="label">Remove</span>
        </button>
      </div>
    </header>
  );
}

function startLabel(state: Extension["state"], starting: boolean): string {
  if (starting) return "Starting…";
  return state === "failed" ? "Restart" : "Start";
}
