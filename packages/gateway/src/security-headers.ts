/** On every answer: nothing guesses types, nothing is embedded elsewhere, no address is told to others. */
export const everyAnswer: readonly string[] = [
  "x-content-type-options",
  "nosniff",
  "referrer-policy",
  "no-referrer",
  "cross-origin-resource-policy",
  "same-origin",
];

/** On what only the dashboard's origin answers: not kept, in nobody's frame. */
export const apiAnswer: readonly string[] = [
  ...everyAnswer,
  "cache-control",
  "no-store",
  "content-security-policy",
  "default-src 'none'; frame-ancestors 'none'; sandbox",
];

export interface DashboardPolicyOptions {
  /** `host:port` of the dashboard. */
  readonly host: string;
}

/** On the dashboard's own files: its own scripts, frames of pages, and nothing else. */
export function dashboardAnswer({ host }: DashboardPolicyOptions): readonly string[] {
  const policy = [
    "default-src 'self'",
    `connect-src 'self' ws://${host}`,
    `frame-src http://*.${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return [
    ...everyAnswer,
    "cache-control",
    "no-cache",
    "content-security-policy",
    policy,
    "cross-origin-opener-policy",
    "same-origin",
    "x-frame-options",
    "DENY",
    "permissions-policy",
    "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  ];
}

/** On the files of a page: only the dashboard may frame them. What a page loads is its author's business, as in Docker Desktop. */
export function pageAnswer(dashboardOrigin: string): readonly string[] {
  return [...everyAnswer, "content-security-policy", `frame-ancestors 'self' ${dashboardOrigin}`];
}
