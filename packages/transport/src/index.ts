export { type Address, formatAddress, parseAddress, type Scheme } from "./address.ts";
export { createStreamSet, type StreamSet } from "./create-stream-set.ts";
export { createServiceClient, type ServiceClient, type ServiceClientOptions } from "./create-service-client.ts";
export type { ForwardRequest } from "./forward-request.ts";
export type { Forwarding, RawHeaders, ResponseSink } from "./response-sink.ts";
export type { ServiceHeaders, ServiceRequest, ServiceResponse } from "./service-message.ts";
export type { CloseOptions, Dialer, Listener, Traits, Transport } from "./transport.ts";
