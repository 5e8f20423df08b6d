import { createServiceClient, type ServiceClient } from "@bowsprit/transport";
import { createUnixSocketTransport } from "@bowsprit/transport-unix-socket";
import type { Ledger } from "../ledger/create-ledger.ts";
import type { Plan } from "../plan/plan-request.ts";
import { forwardOnce } from "./forward-once.ts";
import type { Outcome } from "./outcome.ts";
import { requestOnce } from "./request-once.ts";

/** Sends requests and writes how each ended. Disposing closes the clients; what ends by that is not written. */
export interface Sender extends AsyncDisposable {
  /** Sends one request, once; it ends with the request, and never rejects. */
  send(plan: Plan): Promise<void>;
}

export interface SenderOptions {
  readonly socketPath: string;
  readonly ledger: Ledger;
  /** Told of every end. */
  readonly onEnd: () => void;
}

/** So long that a backend which only has to share its computer is never late; more would make the run longer. */
const limits = { firstByteTimeoutMs: 4000, idleTimeoutMs: 4000 };

const narrowConnections = 8;

/** A sender with two clients: one opens as many connections as it needs, the other has few. */
export function createSender({ socketPath, ledger, onEnd }: SenderOptions): Sender {
  const target = { dialer: createUnixSocketTransport(), address: { scheme: "unix", path: socketPath } } as const;
  const clients: Readonly<Record<Plan["lane"], ServiceClient>> = {
    wide: createServiceClient({ ...target, ...limits }),
    narrow: createServiceClient({ ...target, ...limits, maxConnections: narrowConnections }),
  };
  let isClosed = false;
  const write = (id: number, from: string, outcome: Outcome): void => {
    if (isClosed) return;
    ledger.line(`${id} ${from} ${moment()} ${outcome}`);
    onEnd();
  };
  return {
    async send(plan) {
      const from = moment();
      const client = clients[plan.lane];
      if (plan.form === "request") return write(plan.id, from, await requestOnce(client, plan));
      const { promise, resolve } = Promise.withResolvers<void>();
      forwardOnce(client, plan, (outcome) => {
        write(plan.id, from, outcome);
        resolve();
      });
      return await promise;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all(Object.values(clients).map((client) => client[Symbol.asyncDispose]()));
    },
  };
}

/** Now, as the client's ledger writes it: milliseconds of the monotonic clock. */
export function moment(): string {
  return performance.now().toFixed(3);
}
