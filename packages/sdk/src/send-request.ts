import { BowspritError, type CallOptions, ErrorCode, type ExtensionId, withinLimits } from "@bowsprit/core";
import type { ServiceClient, ServiceRequest, ServiceResponse } from "@bowsprit/transport";
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
  const client = await clientOf(id, { backends, ...limits });
  if (limits.timeoutMs === undefined) return client.request(request, limits);
  const left = limits.timeoutMs - (performance.now() - begun);
  return client.request(request, { ...limits, timeoutMs: Math.max(1, left) });
}

/** Starts a backend where it does not run and answers with the client of its socket. */
export async function clientOf(id: ExtensionId, { backends, ...limits }: SendOptions): Promise<ServiceClient> {
  const { client } = await withinLimits(`start the backend of ${id}`, backends.start(id), limits);
  if (client === undefined) throw withoutSocket(id);
  return client;
}

function withoutSocket(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.BackendUnavailable, `reach the backend of ${id}: it exposes no socket`, {
    hint: "Its author names one in metadata.json, at vm.exposes.socket.",
  });
}
