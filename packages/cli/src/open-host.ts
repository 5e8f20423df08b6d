import { findDaemon } from "@bowsprit/control";
import { createHost, type Host } from "@bowsprit/sdk";

/** The host of a home folder, without one of the default home: the daemon's where one runs, else one of this process. */
export async function openHost(home: string | undefined): Promise<Host> {
  const direct = createHost(home === undefined ? {} : { home });
  if ((await findDaemon(direct.home)) === undefined) return direct;
  const { connectDaemon } = await import("./connect-daemon.ts");
  return (await connectDaemon(direct.home)) ?? direct;
}
