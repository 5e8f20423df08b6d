import type { Examination } from "@bowsprit/core";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Glyph } from "./glyph.tsx";

/** What an extension will be able to do, to be read before “Install” is pressed. */
export function ConsentSheet({ examination }: { readonly examination: Examination }): JSX.Element {
  const { report, lines } = examination;
  const sheet = useRef<HTMLElement>(null);
  // Whoever asked for it is led to it, and a screen reader reads it.
  useLayoutEffect(() => sheet.current?.focus(), [examination]);
  return (
    <section ref={sheet} class="consent" tabIndex={-1} aria-label={`What ${report.title} will be able to do`}>
      <header>
        <h3>{report.title}</h3>
        <p class="muted small">
          {report.id} · from <span class="mono">{report.source}</span>
        </p>
      </header>
      {report.warnings.length > 0 && (
        <div class="note" data-level="warning">
          <Glyph name="warning" />
          <div>
            <strong>{report.warnings.length === 1 ? "A warning" : `${report.warnings.length} warnings`}</strong>
            <ul class="plain">
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <Powers examination={examination} />
      {/* Open, for it may say what this sheet does not know how to show. */}
      <details open>
        <summary>The report in words</summary>
        <ul class="plain words">
          {lines.map((line) => (
            <li key={line}>{line.trim()}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Powers({ examination }: { readonly examination: Examination }): JSX.Element {
  const { services, executables, page, engine, engineReason } = examination.report;
  return (
    <dl class="powers">
      {services.length > 0 && <dt>Runs on this computer, as you</dt>}
      {services.map(({ name, command }) => (
        <dd key={name}>
          <pre class="screen">{command.map(quoted).join(" ")}</pre>
          <span class="muted small">service {name}</span>
        </dd>
      ))}
      {executables.length > 0 && <dt>Executables its page may run, as you</dt>}
      {executables.map((name) => (
        <dd key={name}>
          <code>{name}</code>
        </dd>
      ))}
      {engine !== null && <dt>Backend on</dt>}
      {engine !== null && (
        <dd>
          {engine} <span class="muted">({engineReason})</span>
        </dd>
      )}
      <dt>Page</dt>
      <dd>{page ?? "none: it is used from the command line"}</dd>
    </dl>
  );
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : JSON.stringify(word);
}
