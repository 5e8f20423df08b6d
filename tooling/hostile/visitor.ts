import { lines, type RawAnswer, rawRequest } from "@tooling/raw-http";

/** What the rows of the matrix know of a running `bowsprit serve` with two extensions. */
export interface Place {
  readonly port: number;
  /** `host:port` of the dashboard and of the two pages, and what opens each. */
  readonly dashboard: Site;
  readonly one: Site;
  readonly two: Site;
}

export interface Site {
  readonly host: string;
  /** `name=secret`. */
  readonly cookie: string;
}

/** Signs in with a link of the gateway, and opens both pages. */
export async function visit(link: string, ids: readonly [string, string]): Promise<Place> {
  const port = Number(new URL(link).port);
  const dashboard = await enter(port, link);
  const [one, two] = await Promise.all(ids.map(async (id) => enter(port, await open(port, dashboard, id))));
  if (one === undefined || two === undefined) throw new Error("two pages are needed");
  return { port, dashboard, one, two };
}

async function enter(port: number, link: string): Promise<Site> {
  const { host, pathname, search } = new URL(link);
  const { status, headers } = await rawRequest(port, lines(`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`));
  const cookie = headers["set-cookie"]?.split(";", 1)[0];
  if (cookie === undefined) throw new Error(`the link was answered with ${status}`);
  return { host, cookie };
}

async function open(port: number, dashboard: Site, id: string): Promise<string> {
  const answer = await post(port, dashboard, `/api/extensions/${id}/open`);
  if (answer.status !== 200) throw new Error(`the page of ${id} was not opened: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as { readonly url: string }).url;
}

function post(port: number, { host, cookie }: Site, path: string): Promise<RawAnswer> {
  const fields = [`Host: ${host}`, `Cookie: ${cookie}`, `Origin: http://${host}`, "Content-Type: application/json"];
  return rawRequest(port, `${lines(`POST ${path} HTTP/1.1`, ...fields, "Content-Length: 2")}{}`);
}
