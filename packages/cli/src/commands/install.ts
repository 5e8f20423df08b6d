import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Consent, type ConsentReport, describeConsent, type EngineChoice } from "@bowsprit/sdk";
import type { Command } from "../command.ts";
import { writeJson, writeText } from "../write-text.ts";

/** Installs an extension after showing what it will be able to do. */
export const install: Command = {
  usage: `[-y] [--engine auto|local|docker[:CONTEXT]] <folder>

Options:
  -y, --yes           agree to what the extension asks for
  --engine E          what runs its backend; auto is the default`,
  options: {
    yes: { type: "boolean", short: "y" },
    force: { type: "boolean", short: "f" },
    engine: { type: "string" },
  },
  takes: [1, 1],
  async run({ host, json, signal, arguments: given }) {
    const engine = parseEngine(given.text("engine") ?? "auto");
    const agreed = given.flag("yes") || given.flag("force");
    // Under --json both outputs are for programs; a person who is asked must still see what is asked for.
    const say = (line: string): void => void (json || writeText(`${line}\n`));
    const consent: Consent = async (report) => {
      const show = json && !agreed && process.stdin.isTTY ? tell : say;
      for (const line of describeConsent(report)) show(line);
      return agreed || ask(report, signal);
    };
    const extension = await (
      await host()
    ).install(given.positionals[0] ?? "", { consent, engine, signal, onProgress: say });
    if (json) writeJson(extension);
    else say(`installed ${extension.id}`);
    return 0;
  },
};

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function parseEngine(text: string): EngineChoice {
  if (text === "auto" || text === "local" || text === "docker") return text;
  if (/^docker:[\w.+-]+$/u.test(text)) return text as `docker:${string}`;
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `read --engine ${JSON.stringify(text)}: not auto, local, docker or docker:CONTEXT`,
  );
}

/** Where nobody can answer, the answer is no. */
async function ask(report: ConsentReport, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new BowspritError(ErrorCode.ConsentRequired, `install ${report.id}: nobody is at a terminal to agree`, {
      hint: "Read the report above and run the command again with --yes.",
    });
  }
  const { createInterface } = await import("node:readline/promises");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // The line editor takes Ctrl-C for itself.
  prompt.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return /^y(es)?$/iu.test((await prompt.question("Install it? [y/N] ", { signal })).trim());
  } finally {
    prompt.close();
  }
}
