import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { Gateway } from "@bowsprit/gateway";
import { check } from "./check.ts";

/** Opens the page as a browser does, by a link and a ticket, and asks the backend through it. */
export async function checkPage(gateway: Gateway): Promise<void> {
  await check("open the page in the way of a browser", async () => {
    const dashboard = await enter(gateway.link());
    const opened = await ask(`${gateway.origin}/api/extensions/hello/open`, {
      method: "POST",
      headers: { cookie: dashboard, origin: gateway.origin, "content-type": "application/json" },
    });
    const { url } = JSON.parse(await text(opened)) as { readonly url: string };
    const page = await enter(url);
    const { origin } = new URL(url);
    const answer = await ask(`${origin}/.bowsprit/service/hello`, {
      headers: { cookie: page, "bowsprit-request": "1" },
    });
    if (answer.statusCode !== 200) throw new Error(`the page's backend answered with ${answer.statusCode}`);
    return `its own origin ${origin}, and its backend says ${(await text(answer)).trim()}`;
  });
  await check("a stranger gets nothing", async () => {
    const { statusCode } = await ask(`${gateway.origin}/api/extensions`, {
      headers: { origin: "http://evil.example" },
    });
    if (statusCode !== 403) throw new Error(`a request from another origin was answered with ${statusCode}`);
    return `a request from another origin was answered with ${statusCode}`;
  });
}

/** Trades what an address holds for the cookie of its origin. */
async function enter(link: string): Promise<string> {
  const { headers, statusCode } = await ask(link, {});
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  if (cookie === undefined) throw new Error(`${new URL(link).origin} gave no session: ${statusCode}`);
  return cookie;
}

/** Browsers know that these names are this computer; Node's resolver does not, so the address is dialled and the name said. */
async function ask(
  url: string,
  { method = "GET", headers = {} }: { readonly method?: string; readonly headers?: Record<string, string> },
): Promise<IncomingMessage> {
  const { host, port, pathname, search } = new URL(url);
  const options = {
    host: "127.0.0.1",
    port,
    path: pathname + search,
    method,
    headers: { ...headers, host },
    agent: false,
  };
  const [response] = (await once(request(options).end(), "response")) as [IncomingMessage];
  return response;
}
