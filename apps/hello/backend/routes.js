import { HttpError, sendJson } from "./answers.js";
import { bytes } from "./bytes.js";
import { echo } from "./echo.js";
import { events } from "./events.js";
import { note, notes } from "./notes.js";
import { crash, greet, status } from "./plain.js";

const read = ["GET", "HEAD"];

/** Path pattern, methods (null: any) and handler; the pattern's groups are the handler's last argument. */
const routes = [
  [/^\/hello$/u, read, greet],
  [/^\/echo(?:\/.*)?$/u, null, echo],
  [/^\/bytes\/(\d{1,12})$/u, read, bytes],
  [/^\/status\/(\d{3})$/u, read, status],
  [/^\/events$/u, ["GET"], events],
  [/^\/crash$/u, ["GET"], crash],
  [/^\/notes$/u, [...read, "POST"], notes],
  [/^\/notes\/(\d{1,12})$/u, [...read, "PUT", "PATCH", "DELETE"], note],
];

/** Answers one request; whatever goes wrong becomes a JSON error, or the end of the connection when an answer has begun. */
export async function answer(request, response) {
  try {
    await dispatch(request, response);
  } catch (reason) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    if (!(reason instanceof HttpError)) console.error(`hello: ${request.method} ${request.url}:`, reason);
    const { status, message, headers } = reason instanceof HttpError ? reason : new HttpError(500, "internal error");
    sendJson(response, { error: message }, { status, headers });
  }
}

async function dispatch(request, response) {
  const [path = "/"] = (request.url ?? "/").split("?");
  for (const [pattern, methods, handle] of routes) {
    const match = pattern.exec(path);
    if (match === null) continue;
    if (methods !== null && !methods.includes(request.method)) {
      throw new HttpError(405, `${request.method} is not for ${path}`, { allow: methods.join(", ") });
    }
    await handle(request, response, match.slice(1));
    return;
  }
  throw new HttpError(404, `nothing is at ${path}`);
}
