import type { ExecRequest } from "@bowsprit/client";
import { type ExecForm, type ExecProcess, finalArguments, type Host } from "@bowsprit/sdk";

export interface HostExecTarget {
  readonly host: Host;
  readonly id: string;
  readonly form: ExecForm;
  /** Ends the process. */
  readonly signal: AbortSignal;
}

/** Starts an executable that the extension brought, as its page asks. @throws BowspritError as `Host.exec`. */
export function startHostExec(
  { cmd, args, cwd, env }: ExecRequest,
  { host, id, form, signal }: HostExecTarget,
): Promise<ExecProcess> {
  return host.exec(id, [cmd, ...finalArguments(args, form)], {
    signal,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
  });
}
