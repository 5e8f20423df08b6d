import { formatTable, type ConformanceReport } from "@bowsprit/transport/conformance";

/** `docs/conformance.md`: what every transport promises, and which one was seen to keep it where. */
export function conformancePage(reports: readonly ConformanceReport[]): string {
  return `# What every transport promises

Made by \`pnpm conformance\`, which runs the suite of \`@bowsprit/transport/conformance\` against each column; do not edit it. ✓ kept, – makes no
sense for this transport (its traits say so), *not run*: no such computer was at hand. The named pipe's column comes from a Windows build
of Node under Wine. For the Unix socket of macOS its rules (paths of at most 103 bytes, no \`/proc\`) are tested as logic on Linux.

${formatTable(reports)}`;
}
