import { BowspritError, isJsonObject } from "@bowsprit/core";
import type { ServiceResponse } from "@bowsprit/sdk";
import { asDaemonLost } from "./daemon-lost.ts";

/**
 * The JSON values of an answer, one a line, as they come. It ends quietly where the signal ended it. `attempt` begins the message of a daemon that
 * went away.
 * @throws BowspritError what the last line says went wrong, and what reading the answer throws.
 */
export async function* readLines(
  attempt: string,
  answer: Promise<ServiceResponse>,
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  const utf8 = new TextDecoder();
  let held = "";
  try {
    for await (const chunk of (await answer).body) {
      const lines = (held + utf8.decode(chunk, { stream: true })).split("\n");
      held = lines.pop() ?? "";
      for (const line of lines) yield readLine(line);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw asDaemonLost(error, attempt);
  }
}

function readLine(line: string): unknown {
  const value: unknown = JSON.parse(line);
  if (isJsonObject(value) && isJsonObject(value["error"])) throw BowspritError.fromJSON(value["error"]);
  return value;
}
