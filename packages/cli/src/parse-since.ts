import { BowspritError, ErrorCode } from "@bowsprit/core";

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads a moment as `docker logs --since` does: a duration before now (`90s`, `10m`, `1h30m`, `2d`), a Unix time, or an ISO 8601 date.
 * @throws BowspritError `INVALID_ARGUMENT` for anything else.
 */
export function parseSince(text: string, now: Date): Date {
  const date = readMoment(text, now);
  if (!Number.isNaN(date.getTime())) return date;
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `read --since ${JSON.stringify(text)}: neither a duration nor a time`,
    {
      hint: "Write 10m, 1h30m, 2026-11-23T12:00:00Z or a Unix time in seconds.",
    },
  );
}

/** An invalid date for what is none, or lies beyond what a date can say. */
function readMoment(text: string, now: Date): Date {
  if (/^(\d+[smhd])+$/u.test(text)) {
    const parts = [...text.matchAll(/(\d+)([smhd])/gu)];
    const total = parts.reduce((sum, [, amount, unit = "s"]) => sum + Number(amount) * (seconds[unit] ?? 1), 0);
    return new Date(now.getTime() - total * 1000);
  }
  if (/^\d+(\.\d+)?$/u.test(text)) return new Date(Number(text) * 1000);
  return new Date(text);
}
