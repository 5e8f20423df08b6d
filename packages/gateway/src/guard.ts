import type { IncomingMessage } from "node:http";
import { checkHost } from "./check-host.ts";
import { checkLine } from "./check-line.ts";
import { checkOrigin } from "./check-origin.ts";
import { checkSession, readSecret } from "./check-session.ts";
import type { Refusal } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";
import type { Site, Sites } from "./site.ts";

/** A request that passed: to whom it is addressed, and whether its sender has a session there. */
export type Passage =
  | { readonly site: Site & { readonly kind: "alias" } }
  | {
      readonly site: Exclude<Site, { readonly kind: "alias" }>;
      /** Why the sender has no session here; undefined where it has one. */
      readonly noSession: Refusal | undefined;
    };

export interface Guard {
  /** Judges a request by all that every route asks for. The session is the caller's to insist on: trading a token needs none. */
  judge(request: IncomingMessage, isUpgrade: boolean): Passage | Refusal;
}

export interface GuardOptions {
  readonly sites: Sites;
  readonly sessions: Sessions;
  readonly cookie: string;
}

/** Puts the checks in their order: what the request is, to whom, from whom, and with what right. Each is in one place, and here. */
export function createGuard({ sites, sessions, cookie }: GuardOptions): Guard {
  return {
    judge(request, isUpgrade) {
      const badLine = checkLine(request);
      if (badLine !== undefined) return badLine;
      const site = checkHost(request, sites);
      if ("status" in site || site.kind === "alias") return "status" in site ? site : { site };
      const secret = readSecret(request, cookie);
      // A WebSocket of another kind of client would bring its secret as a protocol.
      const hasCredentials = secret !== undefined || "sec-websocket-protocol" in request.headers;
      const badOrigin = checkOrigin(request, { site, isUpgrade, hasCredentials });
      if (badOrigin !== undefined) return badOrigin;
      const noSession = checkSession({ site, sessions, secret });
      if (isUpgrade && noSession !== undefined && !hasCredentials) return { status: 403 };
      return { site, noSession };
    },
  };
}
