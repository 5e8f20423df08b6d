import { constants } from "node:os";
import { BowspritError, ErrorCode } from "@bowsprit/core";

/**
 * The name of a signal of this system.
 * @throws BowspritError `INVALID_ARGUMENT` for any other text.
 */
export function parseSignal(name: string): NodeJS.Signals {
  if (Object.hasOwn(constants.signals, name)) return name as NodeJS.Signals;
  throw new BowspritError(ErrorCode.InvalidArgument, `send signal ${JSON.stringify(name)}: there is no such signal`);
}
