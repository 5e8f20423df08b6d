import { STATUS_CODES } from "node:http";
import { HttpError, sendJson } from "./answers.js";

const started = Date.now();

/** Who answers, and for how long it has been there. */
export function greet(_request, response) {
  sendJson(response, {
    message: "Hello from the backend",
    from: process.env.HELLO_FROM ?? "somewhere",
    node: process.version,
    platform: process.platform,
    pid: process.pid,
    uptimeMs: Date.now() - started,
  });
}

/** Answers with the status that was asked for. */
export function status(_request, response, [text]) {
  const code = Number(text);
  if (code < 200 || code > 599) throw new HttpError(400, "a status that can be asked for is from 200 to 599");
  sendJson(response, { status: code, message: STATUS_CODES[code] ?? "without a name" }, { status: code });
}

/** Says goodbye and ends the process with 1, so that a supervisor has something to do. */
export function crash(_request, response) {
  response.once("finish", () => process.exit(1));
  response.once("close", () => process.exit(1));
  sendJson(response, { message: "ending with 1, as asked" }, { status: 202, headers: { connection: "close" } });
}
