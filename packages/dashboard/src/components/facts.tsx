import type { Extension, ExtensionDetails } from "@bowsprit/core";
import type { JSX } from "preact";

interface FactsProps {
  readonly extension: Extension;
  readonly details: ExtensionDetails | undefined;
}

/** What was installed, from where and to where, as far as it is known. */
export function Facts({ extension, details }: FactsProps): JSX.Element {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Id", extension.id],
    ["Version", extension.version],
    ["Vendor", extension.vendor],
    ["Image", extension.image],
    ["Source", details?.source?.path],
    ["Installed", installedAt(details)],
    ["Engine", extension.engine],
    ["Digest", extension.digest],
    ["Folder", details?.folder],
    ["Address", details?.address],
  ];
  return (
    <section class="card">
      <h2>Installation</h2>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="mono">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function installedAt(details: ExtensionDetails | undefined): string | undefined {
  const time = details?.installedAt;
  return typeof time === "string" ? new Date(time).toLocaleString("en-GB") : undefined;
}
