/** A failure that the caller is told about, with its status. */
export class HttpError extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const withoutBody = new Set([204, 205, 304]);

/** Sends a value as JSON; a status that carries no body is sent without one. */
export function sendJson(response, value, { status = 200, headers = {} } = {}) {
  if (withoutBody.has(status)) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = `${JSON.stringify(value)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
