import { BowspritError, type ExtensionId, type LogLine } from "@bowsprit/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiClient } from "../create-api-client.ts";
import { ErrorNote } from "./error-note.tsx";
import { Glyph } from "./glyph.tsx";
import { LogLines } from "./log-lines.tsx";

interface LogPanelProps {
  readonly api: ApiClient;
  readonly id: ExtensionId;
  readonly onClose: () => void;
}

const shownLines = 200;

/** A drawer under the page with the last lines the backend printed, as they were when it was opened or refreshed. */
export function LogPanel({ api, id, onClose }: LogPanelProps): JSX.Element {
  const [turn, setTurn] = useState(0);
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [error, setError] = useState<BowspritError>();
  useEffect(() => {
    const reading = new AbortController();
    const { signal } = reading;
    api.logs(id, { tail: shownLines, signal }).then(
      (read) => {
        setLines(read);
        setError(undefined);
      },
      (reason: unknown) => {
        if (!signal.aborted) setError(BowspritError.from(reason));
      },
    );
    return () => reading.abort();
  }, [api, id, turn]);
  return (
    <section class="log-panel" aria-label="Logs" onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <header>
        <h2>Logs</h2>
        <span class="muted small">the last {shownLines} lines</span>
        <button type="button" class="button small" onClick={() => setTurn(turn + 1)}>
          <Glyph name="refresh" />
          Refresh
        </button>
        <button type="button" class="icon-button" onClick={onClose}>
          <Glyph name="close" />
          <span class="hidden">Close the logs</span>
        </button>
      </header>
      {error !== undefined && <ErrorNote title="The logs could not be read" error={error} />}
      {error === undefined && lines?.length === 0 && <p class="muted empty">Its backend has printed nothing yet.</p>}
      {error === undefined && lines !== undefined && lines.length > 0 && <LogLines lines={lines} />}
    </section>
  );
}
