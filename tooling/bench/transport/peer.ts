import type { Answer, Call } from "./call.ts";

/** One way to ask a backend, with connections of its own that are kept. Disposing closes them. */
export interface Peer extends AsyncDisposable {
  /** Asks once, and reads the answer to its end. */
  send(): Promise<Answer>;
}

/** What each file in `peers` exports as `open`: the peer at the backend's socket that makes this call. */
export type OpenPeer = (socket: string, call: Call) => Peer | Promise<Peer>;

/** The protocol a peer speaks, and with it the backend it needs. */
export type Protocol = "http" | "node-ipc" | "ws";

/** A peer of the comparison: its name in the tables, its file in `peers`. */
export interface PeerEntry {
  readonly name: string;
  readonly program: string;
  readonly protocol: Protocol;
}

const http = (name: string, program: string): PeerEntry => ({ name, program, protocol: "http" });

export const ours = "bowsprit";
export const reference = "undici.request";

export const peers: readonly PeerEntry[] = [
  http("node:net by hand", "by-hand.ts"),
  http(ours, "bowsprit.ts"),
  http(reference, "undici-request.ts"),
  http("undici fetch", "undici-fetch.ts"),
  http("node:http", "node-http.ts"),
  http("axios", "axios.ts"),
  http("got", "got.ts"),
  { name: "node-ipc", program: "node-ipc.ts", protocol: "node-ipc" },
  { name: "ws", program: "ws.ts", protocol: "ws" },
];
