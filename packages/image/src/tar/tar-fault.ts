import { BowspritError, ErrorCode } from "@bowsprit/core";

/** Makes the refusal of what is being read, whose place its maker knows. */
export type TarFault = (why: string) => BowspritError;

/** The refusal of an archive at one of its bytes. */
export function tarFault(attempt: string, at: number, why: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: not a tar archive at byte ${at}: ${why}`, {
    hint: "Get or build the archive again; GNU tar and docker save write what is read here.",
  });
}
