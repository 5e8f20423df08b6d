import { BowspritError, ErrorCode } from "@bowsprit/core";

/** The largest a limit may be: `ws` takes 32 bits of one, and any more for no limit at all. */
const most = 2 ** 31 - 1;

/** @throws BowspritError `INVALID_ARGUMENT` for a limit that is not a whole number from 1 to 2³¹ − 1; TypeError for none. */
export function checkLimit(name: string, value: number): number {
  if (typeof value !== "number") throw new TypeError(`${name} is a number`);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new BowspritError(ErrorCode.InvalidArgument, `set ${name} to ${value}: not a whole number from 1 to ${most}`);
}
