import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { BowspritError, type Extension } from "@bowsprit/core";
import { createOpening } from "../create-opening.ts";
import type { Shell } from "../shell.ts";
import { useCell } from "../use-cell.ts";
import { DetailsView } from "./details-view.tsx";
import { ExtensionHeader, type ViewName } from "./extension-header.tsx";
import { LogPanel } from "./log-panel.tsx";
import { PageStage } from "./page-stage.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";

interface ExtensionViewProps {
  readonly shell: Shell;
  readonly extension: Extension;
}

/** One extension: its header, its page or its details, its logs. It lives as long as the extension is chosen, and its frame with it. */
export function ExtensionView({ shell, extension }: ExtensionViewProps): JSX.Element {
  const { id, ui, enabled } = extension;
  const hasPage = ui !== null && enabled;
  const [wanted, setWanted] = useState<ViewName>("page");
  const [logs, setLogs] = useState(false);
  const [removing, setRemoving] = useState(false);
  const opening = useMemo(() => createOpening(shell.api, extension), [id]);
  const { starting, start } = useStart(shell, extension);
  const { step } = useCell(opening);
  useEffect(() => {
    if (hasPage) void opening.begin();
    return () => opening.cancel();
  }, [opening, hasPage]);

  const view = hasPage ? wanted : "details";
  return (
    <article class="extension" aria-label={extension.title}>
      <ExtensionHeader
        extension={extension}
        view={hasPage ? { shown: view, choose: setWanted } : undefined}
        logs={{ shown: logs, toggle: () => setLogs(!logs) }}
        starting={starting || step === "starting"}
        // A page that is open is not torn away from under its user: only the backend is started.
        onStart={hasPage && step !== "open" ? () => void opening.begin() : () => void start()}
        onRemove={() => setRemoving(true)}
      />
      <div class="stage">
        {hasPage && <PageStage shell={shell} extension={extension} opening={opening} hidden={view !== "page"} />}
        {view === "details" && <DetailsView api={shell.api} extension={extension} />}
      </div>
      {logs && <LogPanel api={shell.api} id={id} onClose={() => setLogs(false)} />}
      {removing && <RemoveDialog shell={shell} extension={extension} onClose={() => setRemoving(false)} />}
    </article>
  );
}

function useStart({ api, toasts }: Shell, { id, title }: Extension): { starting: boolean; start: () => Promise<void> } {
  const [starting, setStarting] = useState(false);
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      await api.start(id);
      toasts.show({ level: "success", text: `${title} is running`, from: null });
    } catch (reason) {
      toasts.show({ level: "error", text: BowspritError.from(reason).message, from: null });
    }
    setStarting(false);
  };
  return { starting, start };
}
