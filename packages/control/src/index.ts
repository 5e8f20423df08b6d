export { connectHost, type ConnectHostOptions } from "./connect-host.ts";
export type { DaemonRecord } from "./daemon-record.ts";
export { type DaemonStatus, daemonStatus } from "./daemon-status.ts";
export { findDaemon } from "./find-daemon.ts";
export { type ControlServer, serveControl, type ServeControlOptions } from "./serve-control.ts";
export { stopDaemon } from "./stop-daemon.ts";
