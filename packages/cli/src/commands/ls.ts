import type { Extension } from "@bowsprit/sdk";
import type { Command } from "../command.ts";
import { formatTable } from "../format-table.ts";
import { writeJson, writeText } from "../write-text.ts";

/** Lists what is installed. */
export const ls: Command = {
  usage: "",
  options: {},
  takes: [0, 0],
  async run({ host, json }) {
    const extensions = await (await host()).list();
    if (json) writeJson(extensions);
    else writeText(extensions.length === 0 ? "No extensions are installed.\n" : table(extensions));
    return 0;
  },
};

function table(extensions: readonly Extension[]): string {
  const rows = extensions.map((extension) => [
    extension.id,
    extension.title,
    extension.version ?? "-",
    extension.ui === null ? "-" : "1 tab",
    extension.engine ?? "-",
    extension.state,
    extension.binaries.map(({ name }) => name).join(", ") || "-",
  ]);
  return formatTable(["ID", "TITLE", "VERSION", "UI", "BACKEND", "STATE", "EXECUTABLES"], rows);
}
