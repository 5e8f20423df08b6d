import { BowspritError, type CallOptions, ErrorCode, type ExtensionId, withinLimits } from "@bowsprit/core";
import type { ServiceRequest, ServiceResponse } from "@bowsprit/transport";
import type { Backends } from "./backends.ts";

export interface SendOptions extends CallOptions {
  readonly backends: Backends;
}

/** Starts a backend where it does not run and sends it one request; the caller's time counts for both together. */
export async function sendRequest(
  id: ExtensionId,
  request: ServiceRequest,
  { backends, ...limits }: SendOptions,
): Promise<ServiceResponse> {
  const begun = performance.now();
  const { client } = await withinLimits(`start the backend of ${id}`, backends.start(id), limits);
  if (client === undefined) throw withoutSocket(id);
  if (limits.timeoutMs === undefined) return client.request(request, limits);
  const left = limits.timeoutMs - (performance.now() - begun);
  return client.request(request, { ...limits, timeoutMs: Math.max(1, left) });
}

function withoutSocket(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.BackendUnavailable, `reach the backend of ${id}: it exposes no socket`, {
    hint: "Its author names one in metadata.json, at vm.exposes.socket.",
  });
}
