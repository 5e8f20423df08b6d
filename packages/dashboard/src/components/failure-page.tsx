import type { JSX } from "preact";
import type { Opening, OpeningState } from "../create-opening.ts";
import { ErrorNote } from "./error-note.tsx";
import { LogLines } from "./log-lines.tsx";

interface FailurePageProps {
  readonly title: string;
  readonly failure: Extract<OpeningState, { readonly step: "failed" }>;
  readonly opening: Opening;
}

/** Stands where the page would be: what was tried, why it failed, what the backend said last, and what to do now. */
export function FailurePage({ title, failure, opening }: FailurePageProps): JSX.Element {
  const { error, lines } = failure;
  return (
    <div class="sheet failure">
      <h2>{title} could not be opened</h2>
      <ErrorNote
        title={error.code === "BACKEND_UNAVAILABLE" ? "Its backend does not run" : "Something went wrong"}
        error={error}
      />
      <div class="row">
        <button type="button" class="button primary" onClick={() => void opening.begin()}>
          Try again
        </button>
        <button type="button" class="button" onClick={() => void opening.openAnyway()}>
          Open the page anyway
        </button>
      </div>
      {lines !== undefined && lines.length > 0 && (
        <section aria-labelledby="last-lines">
          <h3 id="last-lines" class="caption">
            The last it printed
          </h3>
          <LogLines lines={lines} />
        </section>
      )}
    </div>
  );
}
