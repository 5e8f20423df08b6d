import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { ServiceRequest, ServiceResponse } from "@bowsprit/sdk";
import type { Arguments, Command } from "../command.ts";
import { writeAll } from "../write-all.ts";
import { writeJson } from "../write-text.ts";

/** What curl answers with under `--fail`. */
const httpErrorExitCode = 22;

/** Sends one HTTP request through the backend's socket; the body of the answer goes to standard output as it is. */
export const request: Command = {
  usage: `[-d D] [-H H]… [-i] <id> <METHOD> <path>

Options:
  -d, --data D        the body: text, or @FILE for a file's bytes, or @- for standard input
  -H, --header H      a header, "Name: value"; can be given again
  -i, --include       write the status line and the headers before the body

Exits with 22 where the status is 400 or more.`,
  options: {
    data: { type: "string", short: "d" },
    header: { type: "string", short: "H", multiple: true },
    include: { type: "boolean", short: "i" },
  },
  takes: [3, 3],
  async run({ host, json, signal, arguments: given }) {
    const [id = "", method = "", path = ""] = given.positionals;
    const opened = await host();
    const response = await opened.request(id, await readRequest(given, { method, path }), { signal });
    if (json) writeJson(await asJson(response));
    else await writeAll(process.stdout, given.flag("include") ? withHead(response) : response.body);
    if (response.status < 400) return 0;
    // Under --json the document says it.
    if (!json)
      process.stderr.write(`error: request ${id} ${method} ${path}: the backend answered ${response.status}\n`);
    return httpErrorExitCode;
  },
};

async function readRequest(given: Arguments, line: { method: string; path: string }): Promise<ServiceRequest> {
  const headers = given.texts("header").map(parseHeader);
  const data = given.text("data");
  if (data === undefined) return { ...line, headers };
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  const body = await openBody(data);
  return { ...line, body, headers: typed ? headers : [...headers, ["content-type", contentType(data)]] };
}

function parseHeader(text: string): readonly [string, string] {
  const [, name, value = ""] = /^([^:]+):\s*(.*)$/su.exec(text) ?? [];
  if (name !== undefined) return [name.trim(), value];
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `read --header ${JSON.stringify(text)}: not of the form "Name: value"`,
  );
}

async function openBody(data: string): Promise<string | AsyncIterable<Uint8Array>> {
  if (data === "@-") return process.stdin;
  if (!data.startsWith("@")) return data;
  const attempt = `read --data ${data}`;
  const codes = { ENOENT: ErrorCode.SourceNotFound, EACCES: ErrorCode.SourceRefused, ENXIO: ErrorCode.SourceRefused };
  try {
    const file = await open(resolve(data.slice(1)));
    if (!(await file.stat()).isDirectory()) return file.createReadStream();
    await file.close();
  } catch (error) {
    throw fromNodeError(error, { attempt, codes, hint: "Text that begins with @ names a file." });
  }
  throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: it is a folder`);
}

/** JSON is called JSON; curl's own default would call it a form. */
function contentType(data: string): string {
  if (data.startsWith("@")) return "application/octet-stream";
  try {
    JSON.parse(data);
    return "application/json";
  } catch {
    return "text/plain; charset=utf-8";
  }
}

async function* withHead(response: ServiceResponse): AsyncGenerator<Uint8Array | string> {
  const head = response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  yield `HTTP/1.1 ${response.status} ${response.statusText}\r\n${head}\r\n`;
  yield* response.body;
}

async function asJson({ status, headers, ...response }: ServiceResponse): Promise<unknown> {
  const bytes = Buffer.from(await response.bytes());
  const text = bytes.toString("utf8");
  const exact = Buffer.from(text, "utf8").equals(bytes);
  return exact
    ? { status, headers, body: text, encoding: "utf8" }
    : { status, headers, body: bytes.toString("base64"), encoding: "base64" };
}
