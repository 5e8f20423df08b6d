import { BowspritError, type ConsentReport, ErrorCode, type Examination } from "@bowsprit/core";
import { describeConsent } from "../consent.ts";
import type { EngineChoice, Host } from "../host.ts";
import { agreementTo } from "./agreement-to.ts";

export interface ExamineOptions {
  readonly engine?: EngineChoice;
  readonly signal?: AbortSignal | undefined;
}

/** Begins an install and stops where it asks, so that nothing is written or started. @throws BowspritError as `Host.install`. */
export async function examine(
  host: Pick<Host, "install">,
  source: string,
  { engine, signal }: ExamineOptions,
): Promise<Examination> {
  const steps: string[] = [];
  let asked: ConsentReport | undefined;
  try {
    await host.install(source, {
      consent: async (report) => {
        asked = report;
        return false;
      },
      onProgress: (step) => steps.push(step),
      ...(engine !== undefined && { engine }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (asked === undefined || !BowspritError.is(error, ErrorCode.ConsentRequired)) throw error;
    return { report: asked, lines: describeConsent(asked), agreement: agreementTo(asked), steps };
  }
  throw new BowspritError(ErrorCode.Internal, `examine ${source}: it was installed without being asked about`);
}
