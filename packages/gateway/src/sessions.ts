import { hash, randomBytes } from "node:crypto";

/** Whose session it is: the dashboard's, or that of the page with this label. */
export type SessionOwner = "dashboard" | { readonly label: string };

/** Who may speak to a gateway. Everything is in memory and ends with the daemon; only digests of secrets are kept. */
export interface Sessions {
  /** A token for one browser. */
  createToken(): string;
  /** Trades a token for a session of the dashboard, once: its secret, or undefined. */
  tradeToken(token: string): string | undefined;
  /** A ticket to one page, good for a minute. */
  createTicket(label: string): string;
  /** Takes a ticket to a page, once: true for one that is good. */
  takeTicket(label: string, ticket: string): boolean;
  /** Begins a session of a page: its secret. */
  open(label: string): string;
  /** Whose session a secret opens. */
  find(secret: string): SessionOwner | undefined;
  /** Ends the sessions and the tickets of a page. */
  end(label: string): void;
}

const ticketMs = 60_000;
/**
 * Links and tickets nobody used, and sessions of browsers long gone: the oldest go first. A browser has one session of the dashboard and
 * one of each page it opened.
 */
const maxKept = { tokens: 64, tickets: 256, visitors: 256, openings: 4096 };

export function createSessions(now: () => number = () => performance.now()): Sessions {
  const tokens = new Map<string, true>();
  const tickets = new Map<string, { readonly label: string; readonly until: number }>();
  const visitors = new Map<string, "dashboard">();
  const openings = new Map<string, { readonly label: string }>();
  return {
    createToken: () => keep(tokens, true, maxKept.tokens),
    tradeToken: (token) => (tokens.delete(digestOf(token)) ? keep(visitors, "dashboard", maxKept.visitors) : undefined),
    createTicket: (label) => keep(tickets, { label, until: now() + ticketMs }, maxKept.tickets),
    takeTicket(label, ticket) {
      const digest = digestOf(ticket);
      const found = tickets.get(digest);
      if (found === undefined || found.label !== label) return false;
      tickets.delete(digest);
      return now() <= found.until;
    },
    open: (label) => keep(openings, { label }, maxKept.openings),
    find(secret) {
      const digest = digestOf(secret);
      return openings.get(digest) ?? visitors.get(digest);
    },
    end(label) {
      for (const kept of [tickets, openings])
        for (const [digest, owner] of kept) if (owner.label === label) kept.delete(digest);
    },
  };
}

/** Keeps a value under a new secret of 256 bits, and answers with the secret. */
function keep<T>(kept: Map<string, T>, value: T, most: number): string {
  const secret = randomBytes(32).toString("base64url");
  for (const oldest of kept.keys()) {
    if (kept.size < most) break;
    kept.delete(oldest);
  }
  kept.set(digestOf(secret), value);
  return secret;
}

/** What a table looks up in time that says nothing of the secret. */
function digestOf(secret: string): string {
  return hash("sha256", secret, "base64url");
}
