import type { BowspritError } from "@bowsprit/core";
import type { JSX } from "preact";
import { explainFailure } from "../explain-failure.ts";
import { Glyph } from "./glyph.tsx";
import { Prose } from "./prose.tsx";

interface ErrorNoteProps {
  /** What it means for the reader. */
  readonly title: string;
  readonly error: BowspritError;
}

/** An error with all it says: what was tried, why it failed, what can be done. Announced when it appears. */
export function ErrorNote({ title, error }: ErrorNoteProps): JSX.Element {
  const { tried, why } = explainFailure(error);
  return (
    <section class="note" data-level="error" role="alert">
      <Glyph name="error" />
      <div>
        <strong>{title}</strong>
        {tried !== "" && <p class="muted">{tried}:</p>}
        <pre class="screen">{why}</pre>
        {error.hint !== undefined && <Prose text={error.hint} />}
        <p class="muted small">{error.code}</p>
      </div>
    </section>
  );
}
