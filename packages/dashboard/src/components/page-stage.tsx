import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import type { Opening } from "../create-opening.ts";
import type { Shell } from "../shell.ts";
import { useCell } from "../use-cell.ts";
import { ExtensionFrame } from "./extension-frame.tsx";
import { FailurePage } from "./failure-page.tsx";
import { Loading } from "./loading.tsx";
import { StateBadge } from "./state-badge.tsx";

interface PageStageProps {
  readonly shell: Shell;
  readonly extension: Extension;
  readonly opening: Opening;
  /** True while something else is shown; the page lives on. */
  readonly hidden: boolean;
}

/** The place of an extension's page: the page, or what keeps it from being there. */
export function PageStage({ shell, extension, opening, hidden }: PageStageProps): JSX.Element {
  const state = useCell(opening);
  const { title, services } = extension;
  return (
    <div class="page-stage" hidden={hidden}>
      {state.step === "starting" && (
        <Loading title={`Starting ${title}`}>
          <ul class="plain services">
            {services.map((service) => (
              <li key={service.name}>
                <span class="cut">{service.name}</span>
                <StateBadge state={service.state} />
              </li>
            ))}
          </ul>
          <p class="patience muted">
            This takes longer than usual.{" "}
            <button type="button" class="link" onClick={() => void opening.openAnyway()}>
              Open the page anyway
            </button>
          </p>
        </Loading>
      )}
      {state.step === "opening" && <Loading title={`Opening ${title}`} />}
      {state.step === "failed" && <FailurePage title={title} failure={state} opening={opening} />}
      {state.step === "open" && (
        <ExtensionFrame
          key={state.url}
          url={state.url}
          title={title}
          onToast={(toast) => shell.toasts.show({ ...toast, from: title })}
        />
      )}
    </div>
  );
}
