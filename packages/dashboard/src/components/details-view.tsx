import { BowspritError, type Extension, type ExtensionDetails } from "@bowsprit/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiClient } from "../create-api-client.ts";
import { ErrorNote } from "./error-note.tsx";
import { Facts } from "./facts.tsx";
import { Glyph } from "./glyph.tsx";
import { StateBadge } from "./state-badge.tsx";

interface DetailsViewProps {
  readonly api: ApiClient;
  readonly extension: Extension;
}

/** Everything there is to know of an extension. Read anew at every change of it. */
export function DetailsView({ api, extension }: DetailsViewProps): JSX.Element {
  const [details, setDetails] = useState<ExtensionDetails>();
  const [error, setError] = useState<BowspritError>();
  useEffect(() => {
    const reading = new AbortController();
    api.inspect(extension.id, { signal: reading.signal }).then(
      (read) => {
        setDetails(read);
        setError(undefined);
      },
      (reason: unknown) => {
        if (!reading.signal.aborted) setError(BowspritError.from(reason));
      },
    );
    return () => reading.abort();
  }, [api, extension]);
  return (
    <div class="sheet details">
      {!extension.enabled && <Disabled extension={extension} problem={details?.problem ?? null} />}
      {error !== undefined && <ErrorNote title="The details could not be read" error={error} />}
      <Services services={extension.services} processes={details?.processes ?? []} />
      <Facts extension={extension} details={details} />
      <Executables binaries={extension.binaries} />
    </div>
  );
}

function Disabled({
  extension,
  problem,
}: {
  readonly extension: Extension;
  readonly problem: string | null;
}): JSX.Element {
  const broken = extension.state !== "disabled";
  return (
    <div class="note" data-level={broken ? "error" : "warning"}>
      <Glyph name={broken ? "error" : "warning"} />
      <div>
        <strong>{broken ? "Its files cannot be read" : "It is disabled"}</strong>
        {problem !== null && <pre class="screen">{problem}</pre>}
        {broken ? (
          <p>Remove it, and install it again.</p>
        ) : (
          <p>
            Its page and its backend stay closed until you run <code>bowsprit enable {extension.id}</code>.
          </p>
        )}
      </div>
    </div>
  );
}

interface ServicesProps {
  readonly services: Extension["services"];
  readonly processes: ExtensionDetails["processes"];
}

function Services({ services, processes }: ServicesProps): JSX.Element | null {
  if (services.length === 0) return null;
  return (
    <section class="card">
      <h2>Services</h2>
      <ul class="plain services">
        {services.map(({ name, state }) => (
          <li key={name}>
            <span class="cut">{name}</span>
            <span class="muted small">
              {processes
                .filter(({ service }) => service === name)
                .map(({ pid }) => `process ${pid}`)
                .join(", ")}
            </span>
            <StateBadge state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Executables({ binaries }: { readonly binaries: Extension["binaries"] }): JSX.Element | null {
  if (binaries.length === 0) return null;
  return (
    <section class="card">
      <h2>Executables</h2>
      <dl class="facts">
        {binaries.map(({ name, path, sha256 }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="mono">{path}</dd>
            <dd class="mono muted">sha256 {sha256}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
