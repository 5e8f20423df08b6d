import { type BrowserName, openBrowser, type TestBrowser, whyMissing } from "@tooling/browsers";
import { type Served, startServe } from "@tooling/serve";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type DashboardPage, openDashboard } from "./dashboard-page.ts";

/** The most that a case takes on a computer that does everything at once. */
export const patienceMs = 90_000;

/** A running server, a browser that is signed in to it, and its dashboard in a tab. */
export interface Workplace {
  readonly served: Served;
  readonly browser: TestBrowser;
  readonly dashboard: DashboardPage;
  /** The dashboard's origin. */
  readonly origin: string;
}

export interface WorkplaceOptions {
  readonly browser: BrowserName;
  readonly hellos: readonly string[];
  readonly hostResolverRules?: string;
}

/** Opens one for all cases of a group and closes it after them; without the browser they are skipped and say why. */
export function useWorkplace({ browser: name, hellos, hostResolverRules }: WorkplaceOptions): Workplace {
  const parts: { -readonly [Key in keyof Workplace]?: Workplace[Key] } = {};
  let missing: string | undefined;
  beforeAll(async () => {
    missing = await whyMissing(name);
    if (missing !== undefined) return;
    const served = await startServe({ hellos });
    parts.served = served;
    parts.origin = new URL(served.link).origin;
    parts.browser = await openBrowser(name, hostResolverRules === undefined ? {} : { hostResolverRules });
    parts.dashboard = await openDashboard(parts.browser, served.link);
  }, patienceMs);
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  afterAll(async () => {
    await parts.browser?.[Symbol.asyncDispose]();
    await parts.served?.[Symbol.asyncDispose]();
  }, patienceMs);
  return new Proxy({} as Workplace, { get: (_, key: keyof Workplace) => parts[key] });
}
