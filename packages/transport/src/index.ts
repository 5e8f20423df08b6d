export { type Address, formatAddress, parseAddress, type Scheme } from "./address.ts";
export type { Dialer, Listener, Traits, Transport } from "./transport.ts";
