import type { IncomingMessage, ServerResponse } from "node:http";
import { BowspritError, ErrorCode, type RawExecResult } from "@bowsprit/core";
import type { ExecProcess } from "@bowsprit/sdk";
import { readExecRequest } from "./read-exec-request.ts";
import { isJson, readJsonBody } from "./read-json-body.ts";
import { refuse, sendError, sendJson } from "./send.ts";
import { type HostExecTarget, startHostExec } from "./start-host-exec.ts";

/** What both outputs together may have; more is for the streaming form. */
const maxOutputBytes = 128 * 1024 * 1024;

/** Runs a command of a page to its end and answers with all it wrote. A page that goes away ends it. */
export async function execPlain(
  request: IncomingMessage,
  response: ServerResponse,
  target: Pick<HostExecTarget, "host" | "id">,
): Promise<void> {
  if (request.method !== "POST") return refuse(response, { status: 405 });
  if (!isJson(request)) return refuse(response, { status: 415 });
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const wanted = readExecRequest(await readJsonBody(request));
    await using running = await startHostExec(wanted, { ...target, form: "plain", signal: gone.signal });
    const cmd = [wanted.cmd, ...wanted.args].join(" ");
    sendJson(response, await resultOf(cmd, running));
  } catch (error) {
    if (!response.destroyed) sendError(response, error);
  }
}

async function resultOf(cmd: string, running: ExecProcess): Promise<RawExecResult> {
  let left = maxOutputBytes;
  const collect = async (output: AsyncIterable<Uint8Array>): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of output) {
      left -= chunk.length;
      if (left < 0) throw tooLarge(cmd);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  const [stdout, stderr] = await Promise.all([collect(running.stdout), collect(running.stderr)]);
  const { code, signal } = await running.exited;
  return { cmd, killed: false, code, signal, stdout, stderr };
}

function tooLarge(cmd: string): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `run ${cmd}: it wrote more than ${maxOutputBytes} bytes`, {
    hint: "Ask for its output as a stream.",
  });
}
