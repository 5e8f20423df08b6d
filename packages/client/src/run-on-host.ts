import { BowspritError, createExecResult, ErrorCode, type ExecResult, isJsonObject } from "@bowsprit/core";
import { askHost, type HostAnswer, type HostConnection } from "./ask-host.ts";
import { commandLine, failedExec, nothingRan } from "./exec-failure.ts";
import { parseJson } from "./parse-json.ts";
import { readHostError } from "./read-host-error.ts";
import { type ExecRequest, hostExecPath } from "./wire.ts";

/**
 * Runs a program of the host to its end.
 * @throws ExecFailure for another code than 0, for a signal, and where nothing ran.
 */
export async function runOnHost(request: ExecRequest, host: HostConnection): Promise<ExecResult> {
  const result = await resultOf(request, host).catch((reason: unknown) => {
    throw nothingRan(request, BowspritError.from(reason));
  });
  if (result.code !== 0 || result.signal !== null) throw failedExec(result);
  return result;
}

async function resultOf(request: ExecRequest, host: HostConnection): Promise<ExecResult> {
  const answer = await askHost(host, hostExecPath, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  if (!answer.response.ok) throw readHostError(answer);
  return readResult(answer, commandLine(request));
}

function readResult({ text }: HostAnswer, asked: string): ExecResult {
  const raw = parseJson(text);
  if (!isJsonObject(raw)) throw malformed(asked);
  const { cmd = asked, killed = false, signal = null, code, stdout, stderr } = raw;
  const isWhole =
    typeof cmd === "string" &&
    typeof killed === "boolean" &&
    (signal === null || typeof signal === "string") &&
    (code === null || typeof code === "number") &&
    typeof stdout === "string" &&
    typeof stderr === "string";
  if (!isWhole) throw malformed(asked);
  return createExecResult({ cmd, killed, signal, code, stdout, stderr });
}

function malformed(asked: string): BowspritError {
  return new BowspritError(
    ErrorCode.MessageMalformed,
    `run ${asked}: the host answered with something else than a result`,
  );
}
