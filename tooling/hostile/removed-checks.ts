/** A check of the gateway, taken out: the text of it in a file, and what stands there then. */
export interface RemovedCheck {
  readonly name: string;
  /** Below `packages/gateway/src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The rows that nothing else stops then. */
  readonly reds: readonly string[];
}

/** Each check of the gateway, one at a time. */
export const removedChecks: readonly RemovedCheck[] = [
  {
    name: "the version of HTTP",
    file: "check-line.ts",
    from: 'if (httpVersion !== "1.1") return { status: 400 };',
    to: "",
    reds: ["H03d"],
  },
  {
    name: "the form of the target",
    file: "check-line.ts",
    from: "if (!originForm.test(url)) return { status: 400 };",
    to: "",
    reds: ["H32a", "H32b", "H33a", "H33b"],
  },
  {
    name: "one Host alone",
    file: "check-host.ts",
    from: 'if (count !== 1 || host === "") return { status: 400 };',
    to: "",
    reds: ["H02a", "H02b", "H03a"],
  },
  {
    name: "the names of Host",
    file: "check-host.ts",
    from: "return sites.find(host) ?? { status: 403 };",
    to: "const found = sites.find(host); return found === undefined || found.kind === 'alias' ? sites.dashboard : found;",
    reds: ["H01", "H04", "H05", "H06"],
  },
  {
    name: "the exact Origin",
    file: "check-origin.ts",
    from: "if (origin !== undefined && origin !== site.origin) return { status: 403 };",
    to: "",
    reds: ["H08", "H09", "H10", "H15", "H21a"],
  },
  {
    name: "an Origin where something can change",
    file: "check-origin.ts",
    from: "if (origin === undefined && !isSafe) return { status: isUpgrade || hasCredentials ? 403 : 401 };",
    to: "",
    reds: ["H11c", "H21b"],
  },
  {
    name: "where a browser says it comes from",
    file: "check-origin.ts",
    from: "return isForeign(request, site.kind) ? { status: 403 } : undefined;",
    to: "return undefined;",
    reds: ["H19a", "H19b", "H20a", "H20b"],
  },
  {
    name: "the session",
    file: "guard.ts",
    from: "const noSession = checkSession({ site, sessions, secret });",
    // Signing in must go on, or no row would get that far.
    to: `const judged = checkSession({ site, sessions, secret });
      const noSession = judged?.status === 401 && !/token=|ticket=/u.test(request.url ?? "") ? undefined : judged;`,
    reds: ["H11b", "H11d", "H11e", "H21c", "H21d", "H22"],
  },
  {
    name: "whose session it is",
    file: "check-session.ts",
    from: "return isOwn ? undefined : { status: 403 };",
    to: "return isOwn ? undefined : undefined;",
    reds: ["H18"],
  },
  {
    name: "the type of a body",
    file: "dashboard-routes.ts",
    from: 'if (method === "POST" && !isJson(request)) return refuse(response, { status: 415 });',
    to: "",
    reds: ["H13", "H14"],
  },
  {
    name: "the field that only a script sends",
    file: "forward-service.ts",
    from: 'if (request.headers[requestField] !== "1") return refuse(response, { status: 403 });',
    to: "",
    reds: ["H19c"],
  },
  {
    name: "the list of a page's files",
    file: "page-files.ts",
    from: "const path = name === undefined ? undefined : findFile(listOf(page), name);",
    to: "const path = name;",
    reds: ["H34a", "H34b", "H34c", "H34d", "H34e"],
  },
];
