export type { Gateway, GatewayOptions } from "./gateway.ts";
export { openGateway } from "./open-gateway.ts";
