import type { Command } from "../command.ts";
import { formatTable } from "../format-table.ts";
import { writeJson, writeText } from "../write-text.ts";

/** Shows all that is known of one extension. */
export const inspect: Command = {
  usage: "<id>",
  options: {},
  takes: [1, 1],
  async run({ host, json, arguments: { positionals } }) {
    const details = await (await host()).get(positionals[0] ?? "");
    if (json) {
      writeJson(details);
      return 0;
    }
    const rows = Object.entries(details).map(([key, value]) => [key, show(value)]);
    writeText(formatTable(["FIELD", "VALUE"], rows));
    return 0;
  },
};

function show(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "-";
  if (Array.isArray(value)) return value.map((entry) => show(entry)).join("; ");
  if (typeof value !== "object") return `${value as string | number | boolean}`;
  return Object.entries(value)
    .map(([key, entry]) => `${key}=${show(entry)}`)
    .join(" ");
}
