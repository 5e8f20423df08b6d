import { lines } from "@tooling/raw-http";
import type { Place, Site } from "./visitor.ts";

/** One hostile request of the security matrix (§3c), as bytes, and what may come back. */
export interface Row {
  /** The row of the matrix, with a letter where it names several requests. */
  readonly id: string;
  readonly what: string;
  bytes(place: Place): string;
  /** Any of these. */
  readonly statuses: readonly number[];
  /** True where the connection must be closed. */
  readonly closes?: boolean;
}

const websocket = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"];
const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
const json = "Content-Type: application/json";

/** Everything right but what the row changes: so only the check that the row is about can refuse it. */
interface Request {
  readonly line?: string;
  readonly host?: string | null;
  readonly site?: "dashboard" | "one" | "two";
  readonly cookie?: string | null;
  /** Null: none. The default is the site's own for all but GET. */
  readonly origin?: string | null;
  readonly fields?: readonly string[];
  readonly body?: string;
}

function bytesOf(place: Place, request: Request): string {
  const { line = "GET /api/extensions HTTP/1.1", site = "dashboard", fields = [], body = "" } = request;
  const own: Site = place[site];
  const host = request.host === undefined ? own.host : request.host;
  const cookie = request.cookie === undefined ? own.cookie : request.cookie;
  const origin = request.origin === undefined && !line.startsWith("GET") ? `http://${own.host}` : request.origin;
  const length = body === "" ? [] : [`Content-Length: ${body.length}`];
  const all = [
    line,
    ...(host === null ? [] : [`Host: ${host}`]),
    ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
    ...(origin === undefined || origin === null ? [] : [`Origin: ${origin}`]),
    ...fields,
    ...length,
  ];
  return `${lines(...all)}${body}`;
}

type Make = (place: Place) => Request;

function row(
  id: string,
  what: string,
  make: Make,
): { gives(...statuses: readonly number[]): Row; closes(...statuses: readonly number[]): Row } {
  const bytes = (place: Place): string => bytesOf(place, make(place));
  return {
    gives: (...statuses) => ({ id, what, bytes, statuses }),
    closes: (...statuses) => ({ id, what, bytes, statuses, closes: true }),
  };
}

const change = (more: Request = {}): Request => ({
  line: "POST /api/extensions/one/start HTTP/1.1",
  fields: [json],
  body: "{}",
  ...more,
});

const hosts = (id: string, names: readonly ((port: number) => string)[]): readonly Row[] =>
  names.map((name, index) =>
    row(`${id}${letter(index)}`, `Host: ${name(0)}`, ({ port }) => ({ host: name(port) })).gives(403),
  );

const origins = (id: string, names: readonly ((port: number) => string)[]): readonly Row[] =>
  names.map((name, index) =>
    row(`${id}${letter(index)}`, `Origin: ${name(0)}`, ({ port }) => change({ origin: name(port) })).gives(403),
  );

function letter(index: number): string {
  return String.fromCodePoint(97 + index);
}

/** What a page may read, from a page's origin. */
const page = (more: Request): Request => ({ site: "one", line: "GET /index.html HTTP/1.1", ...more });

const upgrade = (more: Request): Request => ({
  line: "GET /api/events HTTP/1.1",
  fields: [...websocket, key],
  ...more,
});

/** The first five would lead out of the page's folder if paths were paths, to files that are there. */
const paths = [
  "/../metadata.json",
  "/%2e%2e/metadata.json",
  "/sub/../../metadata.json",
  "/..%2fmetadata.json",
  `/${"..%2f".repeat(16)}etc/passwd`,
  "/..%5cmetadata.json",
  "/%252e%252e/metadata.json",
  "/;/../metadata.json",
  "/%c0%ae%c0%ae/metadata.json",
  "/index.html%00",
];

/** H01–H15, H18–H22, H24, H32–H34, H49 and H52, against the running program. H07 and H51 have tests of their own. */
export const matrix: readonly Row[] = [
  ...hosts("H01", [(port) => `evil.com:${port}`, () => "evil.com"]),
  row("H02a", "two Host fields", ({ dashboard }) => ({ fields: [`Host: ${dashboard.host}`] })).closes(400),
  row("H02b", "a second Host that is not ours", ({ port }) => ({ fields: [`Host: evil.com:${port}`] })).closes(400),
  row("H03a", "an empty Host", () => ({ host: "" })).closes(400),
  row("H03b", "no Host", () => ({ host: null })).closes(400),
  row("H03c", "HTTP/1.0 without Host", () => ({ line: "GET /api/extensions HTTP/1.0", host: null })).closes(400),
  row("H03d", "HTTP/1.0 with Host", () => ({ line: "GET /api/extensions HTTP/1.0" })).closes(400),
  { id: "H03e", what: "HTTP/0.9", bytes: () => "GET /api/extensions\r\n\r\n", statuses: [400], closes: true },
  ...hosts("H04", [
    (port) => `bowsprit.localhost.evil.com:${port}`,
    (port) => `127.0.0.1.nip.io:${port}`,
    (port) => `bowsprit.localhost:${port}@evil`,
    (port) => `bowsprit.localhost.:${port}`,
    (port) => `evil-bowsprit.localhost:${port}`,
    (port) => `x.bowsprit.localhost:${port}`,
    (port) => `${"0".repeat(32)}.bowsprit.localhost:${port}`,
  ]),
  ...hosts("H05", [
    (port) => `0.0.0.0:${port}`,
    (port) => `[::]:${port}`,
    (port) => `[::ffff:127.0.0.1]:${port}`,
    (port) => `2130706433:${port}`,
    (port) => `127.1:${port}`,
    (port) => `127.0.0.1:${port}`,
    (port) => `localhost:${port}`,
  ]),
  ...hosts("H06", [(port) => `bowsprit.localhost:${port + 1}`, () => "bowsprit.localhost"]),
  ...origins("H08", [() => "https://evil.com", (port) => `https://bowsprit.localhost:${port}`]),
  ...origins("H09", [(port) => `http://bowsprit.localhost:${port + 1}`, () => "http://localhost:3000"]),
  ...origins("H10", [
    (port) => `http://bowsprit.localhost:${port}.evil.com`,
    () => "null",
    () => "",
    () => "file://",
    (port) => `http://127.0.0.1:${port}`,
    () => "chrome-extension://abcdefghijklmnop",
    (port) => `http://bowsprit.localhost:${port}, http://bowsprit.localhost:${port}`,
  ]),
  row("H10h", "the origin of a page, on the dashboard", ({ one }) => change({ origin: `http://${one.host}` })).gives(
    403,
  ),
  row("H10i", "a foreign origin on a GET", () => ({ origin: "https://evil.com" })).gives(403),
  row("H11a", "neither origin nor session", () => change({ origin: null, cookie: null })).gives(401),
  row("H11b", "an origin without a session", () => change({ cookie: null })).gives(401),
  row("H11c", "a session without an origin", () => change({ origin: null })).gives(403),
  row("H11d", "a session that nobody has", ({ dashboard }) => change({ cookie: forged(dashboard) })).gives(401),
  row("H11e", "reading without a session", () => ({ cookie: null })).gives(401),
  ...["/api/extensions/one/start", "/api/extensions/one/open", "/api/examinations"].map((path, index) =>
    row(`H12${letter(index)}`, `GET ${path}`, () => ({ line: `GET ${path} HTTP/1.1` })).gives(404, 405),
  ),
  row("H13a", "a plain text that is JSON", () => change({ fields: ["Content-Type: text/plain"] })).gives(415),
  row("H13b", "no type", () => change({ fields: [] })).gives(415),
  row("H13c", "JSON in name only", () => change({ fields: ["Content-Type: text/plain; application/json"] })).gives(415),
  row("H14", "a form with parts", () => change({ fields: ["Content-Type: multipart/form-data; boundary=x"] })).gives(
    415,
  ),
  row("H15", "a preflight", () => ({
    line: "OPTIONS /api/extensions HTTP/1.1",
    origin: "https://evil.com",
    cookie: null,
    fields: ["Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type"],
  })).gives(403),
  row("H18a", "a page's session on another page", ({ one }) => page({ site: "two", cookie: one.cookie })).gives(403),
  row("H18b", "a page's session on the dashboard", ({ one }) => ({ cookie: one.cookie })).gives(403),
  row("H18c", "the dashboard's session on a page", ({ dashboard }) => page({ cookie: dashboard.cookie })).gives(403),
  row("H18d", "a page's session at another's backend", ({ one }) =>
    page({
      site: "two",
      line: "GET /.bowsprit/service/x HTTP/1.1",
      cookie: one.cookie,
      fields: ["Bowsprit-Request: 1"],
    }),
  ).gives(403),
  row("H19a", "a script element of another site", () => ({ fields: fetched("cross-site", "no-cors", "script") })).gives(
    403,
  ),
  row("H19b", "an image of another origin of ours", () =>
    page({ fields: fetched("same-site", "no-cors", "image") }),
  ).gives(403),
  row("H19c", "a backend without the field of a script", () =>
    page({ line: "GET /.bowsprit/service/x HTTP/1.1" }),
  ).gives(403),
  row("H20a", "the dashboard in a frame", () => ({
    line: "GET / HTTP/1.1",
    fields: fetched("cross-site", "navigate", "iframe"),
  })).gives(403),
  row("H20b", "a page in a frame of another site", () =>
    page({ fields: fetched("cross-site", "navigate", "iframe") }),
  ).gives(403),
  row("H21a", "an upgrade from a foreign origin", () => upgrade({ origin: "https://evil.com" })).closes(403),
  row("H21b", "an upgrade without an origin", () => upgrade({})).closes(403),
  row("H21c", "an upgrade without a session", ({ dashboard }) =>
    upgrade({ origin: `http://${dashboard.host}`, cookie: null }),
  ).closes(403),
  row("H21d", "an upgrade of a page without a session", ({ one }) =>
    upgrade({
      site: "one",
      line: "GET /.bowsprit/exec/host HTTP/1.1",
      origin: `http://${one.host}`,
      cookie: null,
    }),
  ).closes(403),
  row("H22a", "an upgrade with a forged session", ({ dashboard }) =>
    upgrade({
      origin: `http://${dashboard.host}`,
      cookie: forged(dashboard),
    }),
  ).closes(401),
  row("H22b", "an upgrade with a token as its protocol", ({ dashboard }) =>
    upgrade({
      origin: `http://${dashboard.host}`,
      cookie: null,
      fields: [...websocket, key, "Sec-WebSocket-Protocol: token.forged"],
    }),
  ).closes(401),
  ...["h2c", "websocket, h2c", "foo"].map((protocol, index) =>
    row(`H24${letter(index)}`, `Upgrade: ${protocol}`, ({ dashboard }) =>
      upgrade({
        origin: `http://${dashboard.host}`,
        fields: [
          `Upgrade: ${protocol}`,
          "Connection: Upgrade, HTTP2-Settings",
          "HTTP2-Settings: AAMAAABkAAQAAP__",
          "Sec-WebSocket-Version: 13",
          key,
        ],
      }),
    ).closes(400, 426),
  ),
  row("H32a", "a target in absolute form", () => ({ line: "GET http://evil.com/api/extensions HTTP/1.1" })).gives(400),
  row("H32b", "our own name in absolute form", ({ dashboard }) => ({
    line: `GET http://${dashboard.host}/api/extensions HTTP/1.1`,
  })).gives(400),
  row("H33a", "a target with two slashes", () => ({ line: "GET //evil.com/x HTTP/1.1" })).gives(400),
  row("H33b", "a slash and a backslash", () => page({ line: String.raw`GET /\evil.com/x HTTP/1.1` })).gives(400),
  ...paths.map((path, index) =>
    row(`H34${letter(index)}`, path, () => page({ line: `GET ${path} HTTP/1.1` })).gives(400, 404),
  ),
  row("H49a", "a proxied address as a path", () =>
    page({
      line: "GET /.bowsprit/service/http://169.254.169.254/ HTTP/1.1",
      fields: ["Bowsprit-Request: 1"],
    }),
  ).gives(404),
  row("H49b", "an address as a parameter", () =>
    page({
      line: "GET /.bowsprit/service?url=http://169.254.169.254/ HTTP/1.1",
      fields: ["Bowsprit-Request: 1"],
    }),
  ).gives(404),
];

/** A secret of the right form that opens nothing. */
function forged({ cookie }: Site): string {
  return `${cookie.split("=")[0]}=${"A".repeat(43)}`;
}

function fetched(site: string, mode: string, dest: string): readonly string[] {
  return [`Sec-Fetch-Site: ${site}`, `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${dest}`];
}
