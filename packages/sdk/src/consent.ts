import { cleanText, type ConsentReport } from "@bowsprit/core";

/** A command of that length says nothing to a person any more. */
const maxLineLength = 4096;

/** `"granted"` where the caller has asked already; else a function that is shown the report once and decides. */
export type Consent = "granted" | ((report: ConsentReport) => Promise<boolean>);

/** The report as lines of text, the same for every terminal. */
export function describeConsent(report: ConsentReport): readonly string[] {
  const engine = report.engine === null ? [] : [`  backend on: ${report.engine} (${report.engineReason})`];
  const lines = [
    `${report.title} (${report.id})${report.vendor === null ? "" : ` by ${report.vendor}`} from ${report.source}`,
    ...(report.image === null ? [] : [`  image: ${report.image}`]),
    ...(report.digest === null ? [] : [`  digest: ${report.digest}`]),
    ...engine,
    ...report.services.map(
      (service) => `  runs on this computer, as you: ${quoted(service.command)} (service ${service.name})`,
    ),
    ...report.executables.map((name) => `  brings an executable that may be run as you: ${name}`),
    ...(report.page === null ? [] : [`  shows a page: ${report.page}`]),
    ...report.warnings.map((warning) => `  note: ${warning}`),
  ];
  return lines.map((line) => clean(line));
}

/** Names and arguments are a stranger's text: none may begin another line or move the cursor of the terminal it is shown in. */
function clean(line: string): string {
  const indent = /^ */u.exec(line)?.[0] ?? "";
  return indent + cleanText(line, maxLineLength);
}

function quoted(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/u.test(word) ? word : JSON.stringify(word))).join(" ");
}
