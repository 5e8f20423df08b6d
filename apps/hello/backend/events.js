import { setInterval } from "node:timers/promises";

const count = 5;
const everyMs = 100;

/** Sends five server-sent events, ten a second, and ends. */
export async function events(_request, response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  let sent = 0;
  for await (const _ of setInterval(everyMs)) {
    if (response.destroyed) return;
    sent += 1;
    response.write(`id: ${sent}\nevent: tick\ndata: ${JSON.stringify({ tick: sent, of: count })}\n\n`);
    if (sent === count) break;
  }
  response.end();
}
