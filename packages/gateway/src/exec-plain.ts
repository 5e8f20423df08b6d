import type { IncomingMessage, ServerResponse } from "node:http";
import { collectOutput, readJsonBody } from "@bowsprit/sdk";
import { isJson } from "./is-json.ts";
import { readExecRequest } from "./read-exec-request.ts";
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
    const hint = "Ask for its output as a stream.";
    sendJson(response, await collectOutput(running, { argv: [wanted.cmd, ...wanted.args], maxOutputBytes, hint }));
  } catch (error) {
    if (!response.destroyed) sendError(response, error);
  }
}
