import { extensionIdOfArgument } from "@bowsprit/core";
import type { Command } from "../command.ts";
import { writeJson, writeText } from "../write-text.ts";

/** Stops and removes an extension. */
export const rm: Command = {
  usage: "[--keep-data] <id>",
  options: { "keep-data": { type: "boolean" } },
  takes: [1, 1],
  async run({ host, json, signal, arguments: given }) {
    const id = extensionIdOfArgument(given.positionals[0] ?? "");
    await (await host()).remove(id, { keepData: given.flag("keep-data"), signal });
    if (json) writeJson({ id, removed: true });
    else writeText(`removed ${id}\n`);
    return 0;
  },
};
