import type { HostConnection } from "./ask-host.ts";
import { createExec } from "./create-exec.ts";
import type { Exec } from "./exec.ts";
import { runOnHost } from "./run-on-host.ts";
import { type StreamConnection, streamOnHost } from "./stream-on-host.ts";

/** `ddClient.extension.host.cli.exec`: runs the executables of the page's own extension, over the gateway it came from. */
export function createHostExec(host: HostConnection & StreamConnection): Exec {
  return createExec({
    run: (request) => runOnHost(request, host),
    stream: (request, callbacks) => streamOnHost(request, callbacks, host),
  });
}
