import type { Socket } from "node:net";
import { fillBody } from "../plan/fill-body.ts";
import { type Plan, planRequest } from "../plan/plan-request.ts";
import { acts } from "./acts.ts";
import { createRequestParser, type RequestHead } from "./request-parser.ts";

export interface ConnectionOptions {
  readonly seed: number;
  /** Writes one line of the ledger. */
  readonly write: (line: string) => void;
}

export interface Connection {
  readonly socket: Socket;
  /** It has answered, and nothing of another request has come. */
  isIdle(): boolean;
}

/** Reads the requests of one connection, in turn, and does with each what its plan says. */
export function serveConnection(socket: Socket, { seed, write }: ConnectionOptions): Connection {
  const parser = createRequestParser();
  let head: RequestHead | undefined;
  let plan: Plan | undefined;
  let isBusy = false;
  let answers = 0;

  const act = (current: Plan): void => {
    isBusy = true;
    acts[current.fault].run({
      plan: current,
      socket,
      did: (deed) => write(`${current.id} ${deed} ${current.fault}`),
      done() {
        [head, plan, isBusy] = [undefined, undefined, false];
        answers += 1;
        proceed();
      },
    });
  };
  const proceed = (): void => {
    if (isBusy) return;
    if (head === undefined) {
      head = parser.takeHead();
      if (head === undefined) return;
      plan = planRequest(seed, idOfPath(head.path));
      write(`${plan.id} received`);
      if (acts[plan.fault].when === "head") return act(plan);
    }
    const body = parser.takeBody(head);
    if (body === undefined || plan === undefined) return;
    if (isExpected(plan, head, body)) return act(plan);
    throw new Error(`${plan.id} came as ${head.method} with ${body.length} bytes of a body that is not its own`);
  };
  const onData = (chunk: Buffer): void => {
    parser.feed(chunk);
    try {
      proceed();
    } catch (error) {
      write(`# mixed up: ${String(error).replace(/\s+/gu, " ")}`);
      socket.destroy();
    }
  };
  socket.on("error", () => {}).on("data", onData);
  return { socket, isIdle: () => answers > 0 && !isBusy && head === undefined };
}

function idOfPath(path: string): number {
  const [, id] = /^\/soak\/([1-9]\d*)$/u.exec(path) ?? [];
  if (id === undefined) throw new Error(`not a path of ours: ${path.slice(0, 80)}`);
  return Number(id);
}

function isExpected({ id, method, upload }: Plan, head: RequestHead, body: Buffer): boolean {
  return head.method === method && body.equals(fillBody(id, "<", upload.bytes));
}
