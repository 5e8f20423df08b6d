import type { ConsentReport } from "./consent-report.ts";

/** What an install would ask, and how to say yes. Plain data: the gateway answers with it to whoever asks before an install. */
export interface Examination {
  readonly report: ConsentReport;
  /** The report in words, one line each. */
  readonly lines: readonly string[];
  /** Sent with the install, it is a yes to exactly this report and to no other. */
  readonly agreement: string;
  /** The steps up to the question, in words. */
  readonly steps: readonly string[];
}
