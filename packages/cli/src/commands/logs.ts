import { BowspritError, ErrorCode, type LogLine, type LogOptions } from "@bowsprit/core";
import type { Arguments, Command } from "../command.ts";
import { parseSince } from "../parse-since.ts";
import { writeAll } from "../write-all.ts";

/** Shows what the backend printed, also after it has ended. */
export const logs: Command = {
  usage: "[-f] [--tail N] [--since T] [--service S] <id>",
  options: {
    follow: { type: "boolean", short: "f" },
    tail: { type: "string", short: "n" },
    since: { type: "string" },
    service: { type: "string" },
  },
  takes: [1, 1],
  async run({ host, json, signal, arguments: given }) {
    const opened = await host();
    const { id, services } = await opened.get(given.positionals[0] ?? "");
    const options = { ...logOptions(given), signal };
    if (options.service !== undefined && !services.some(({ name }) => name === options.service)) {
      throw new BowspritError(
        ErrorCode.InvalidArgument,
        `show the log of ${id}: no service ${JSON.stringify(options.service)}`,
        {
          hint: `Its services are: ${services.map(({ name }) => name).join(", ") || "none"}.`,
        },
      );
    }
    const prefixed = services.length > 1 && options.service === undefined;
    await writeAll(process.stdout, lines(opened.logs(id, options), { json, prefixed }));
    return 0;
  },
};

async function* lines(
  log: AsyncIterable<LogLine>,
  style: { json: boolean; prefixed: boolean },
): AsyncGenerator<string> {
  for await (const line of log) {
    if (style.json) yield `${JSON.stringify(line)}\n`;
    else yield style.prefixed ? `${line.service} | ${line.text}\n` : `${line.text}\n`;
  }
}

function logOptions(given: Arguments): LogOptions {
  const tail = given.text("tail");
  const since = given.text("since");
  const service = given.text("service");
  return {
    follow: given.flag("follow"),
    ...(tail !== undefined && tail !== "all" && { tail: wholeNumber(tail) }),
    ...(since !== undefined && { since: parseSince(since, new Date()) }),
    ...(service !== undefined && { service }),
  };
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new BowspritError(ErrorCode.InvalidArgument, `read --tail ${JSON.stringify(text)}: not a whole number`);
}
