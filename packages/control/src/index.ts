export { connectHost, type ConnectHostOptions } from "./connect-host.ts";
export type { DaemonRecord } from "./daemon-record.ts";
export { findDaemon } from "./find-daemon.ts";
export { type ControlServer, serveControl, type ServeControlOptions } from "./serve-control.ts";
