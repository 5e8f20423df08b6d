import { commandTable } from "./command-table.ts";
import type { Command } from "./command.ts";

const shared = `Options of every command:
  --home DIR          where extensions are kept (BOWSPRIT_HOME)
  --json              answer as JSON (also --format json)
  -h, --help          show this help`;

/** The help of the whole program. */
export function programHelp(): string {
  const rows = Object.entries(commandTable).map(([name, { summary }]) => `  ${name.padEnd(20)}${summary}`);
  return `Usage: bowsprit [--home DIR] [--json] COMMAND …

Installs and runs Docker-Desktop-style extensions.

Commands:
${rows.join("\n")}

${shared}
  -v, --version       show the version

bowsprit COMMAND --help says more about a command.
`;
}

/** The help of one command. */
export function commandHelp(name: string, command: Command): string {
  return `Usage: bowsprit ${name} ${command.usage}

${shared}
`;
}
