import { type ExecEnd, execOutput } from "@bowsprit/client";
import { BowspritError } from "@bowsprit/core";
import type { ExecProcess } from "@bowsprit/sdk";
import type { WebSocket } from "ws";
import { readExecRequest } from "./read-exec-request.ts";
import { type HostExecTarget, startHostExec } from "./start-host-exec.ts";

/** What a page that reads slowly may have waiting, in bytes; beyond it the process is held back. */
const maxWaiting = 1024 * 1024;

/** The first byte of a binary frame. */
const tags = { stdout: Buffer.of(execOutput.stdout), stderr: Buffer.of(execOutput.stderr) };

/** Runs a command of a page and sends what it writes as it comes; docs/wire.md has the frames. Closing the socket ends the process. */
export function execStream(socket: WebSocket, target: Pick<HostExecTarget, "host" | "id">): void {
  const gone = new AbortController();
  const asked = Promise.withResolvers<void>();
  socket.once("close", () => gone.abort());
  socket.on("error", () => socket.terminate());
  socket.once("message", (data: Buffer, isBinary: boolean) => {
    // Whatever the page says after that asks the process to end; how it ended is told all the same.
    socket.once("message", () => asked.resolve());
    void run(socket, isBinary ? "" : data.toString("utf8"), {
      ...target,
      form: "stream",
      signal: gone.signal,
      asked: asked.promise,
    });
  });
}

interface StreamTarget extends HostExecTarget {
  /** Resolves when the page wants the process to end. */
  readonly asked: Promise<void>;
}

async function run(socket: WebSocket, text: string, { asked, ...target }: StreamTarget): Promise<void> {
  try {
    await using running = await startHostExec(readExecRequest(parse(text)), target);
    void asked.then(() => running.kill());
    await Promise.all([copy(socket, tags.stdout, running.stdout), copy(socket, tags.stderr, running.stderr)]);
    sendLast(socket, { type: "exit", ...(await running.exited) });
  } catch (error) {
    sendLast(socket, { type: "error", error: BowspritError.from(error).toJSON() });
  }
}

async function copy(socket: WebSocket, tag: Buffer, output: ExecProcess["stdout"]): Promise<void> {
  for await (const chunk of output) {
    if (socket.readyState !== socket.OPEN) return;
    const room = socket.bufferedAmount > maxWaiting ? Promise.withResolvers<void>() : undefined;
    // Called, too, when there is nobody left to write to.
    socket.send(Buffer.concat([tag, chunk]), { binary: true }, () => room?.resolve());
    await room?.promise;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sendLast(socket: WebSocket, message: ExecEnd): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(JSON.stringify(message));
  socket.close(1000);
}
