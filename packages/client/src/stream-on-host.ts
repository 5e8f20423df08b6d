import { BowspritError, ErrorCode } from "@bowsprit/core";
import { reachHint } from "./ask-host.ts";
import { createExecListener } from "./create-exec-listener.ts";
import type { ExecHandle, ExecStreamOptions } from "./exec.ts";
import { commandLine } from "./exec-failure.ts";
import { readExecEnd } from "./read-exec-end.ts";
import { type ExecRequest, hostExecPath } from "./wire.ts";

/** How a streamed exec reaches the gateway. */
export interface StreamConnection {
  /** The origin of the page. */
  readonly base: string;
  readonly WebSocket: new (url: string) => WebSocket;
  /** Told what a callback threw. */
  readonly reportError: (error: unknown) => void;
}

/** Runs a program of the host and hands on its output as it comes. The connection is the program's life: it ends with the page. */
export function streamOnHost(request: ExecRequest, callbacks: ExecStreamOptions, host: StreamConnection): ExecHandle {
  const listener = createExecListener(request, { callbacks, reportError: host.reportError });
  const socket = new host.WebSocket(`${host.base.replace(/^http/u, "ws")}${hostExecPath}`);
  socket.binaryType = "arraybuffer";
  let isOpened = false;
  let isClosed = false;
  socket.addEventListener("open", () => {
    isOpened = true;
    // The socket may have opened while it was being closed.
    if (!isClosed) socket.send(JSON.stringify(request));
  });
  socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== "string") {
      listener.take(new Uint8Array(data));
      return;
    }
    listener.end(readExecEnd(data));
    socket.close();
  });
  const lose = (): void => listener.end({ type: "error", error: broken(request, isOpened) });
  socket.addEventListener("close", lose);
  // A policy of the page that forbids the socket brings no `close` in Chromium.
  socket.addEventListener("error", lose);
  return Object.freeze({
    close() {
      if (isClosed) return;
      isClosed = true;
      listener.mute();
      // The socket stays for the last frame: a browser hands on nothing that comes after it was closed.
      if (isOpened) socket.send(JSON.stringify({ type: "stop" }));
      else socket.close();
    },
  });
}

function broken(request: ExecRequest, isOpened: boolean): BowspritError {
  const attempt = `run ${commandLine(request)}`;
  return isOpened
    ? new BowspritError(ErrorCode.ConnectionLost, `${attempt}: the connection to the host broke`, { hint: reachHint })
    : new BowspritError(ErrorCode.EndpointUnreachable, `${attempt}: the host cannot be reached`, { hint: reachHint });
}
