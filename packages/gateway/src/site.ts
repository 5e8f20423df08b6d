/** Whom a request is addressed to: the dashboard, the page of one extension, or a name that only leads to the dashboard. */
export type Site =
  | { readonly kind: "dashboard"; readonly host: string; readonly origin: string }
  | { readonly kind: "page"; readonly host: string; readonly origin: string; readonly label: string }
  | { readonly kind: "alias" };

/** The names of one gateway. */
export interface Sites {
  readonly dashboard: Site & { readonly kind: "dashboard" };
  /** The site of a `Host` field's value; undefined for a name that is not ours to answer to. */
  find(host: string): Site | undefined;
  page(label: string): Site & { readonly kind: "page" };
}

const name = "bowsprit.localhost";
const labelPattern = /^([0-9a-f]{32})\.(.+)$/u;

export interface SitesOptions {
  readonly port: number;
  /** Whether an extension has this label. */
  readonly hasPage: (label: string) => boolean;
}

/**
 * The names of a gateway (ADR 0010). The list is exact: no other spelling of an address or a name is an exception, for each exception was
 * somebody's way in. Case does not count, as DNS has it.
 */
export function createSites({ port, hasPage }: SitesOptions): Sites {
  const suffix = port === 80 ? "" : `:${port}`;
  const own = `${name}${suffix}`;
  const dashboard = { kind: "dashboard", host: own, origin: `http://${own}` } as const;
  const aliases = new Set(["127.0.0.1", "localhost", "[::1]"].map((alias) => `${alias}${suffix}`));
  const page = (label: string): Site & { readonly kind: "page" } => {
    const host = `${label}.${own}`;
    return { kind: "page", host, origin: `http://${host}`, label };
  };
  return {
    dashboard,
    page,
    find(host) {
      const lower = host.toLowerCase();
      if (lower === own) return dashboard;
      if (aliases.has(lower)) return { kind: "alias" };
      const [, label, rest] = labelPattern.exec(lower) ?? [];
      return label !== undefined && rest === own && hasPage(label) ? page(label) : undefined;
    },
  };
}
