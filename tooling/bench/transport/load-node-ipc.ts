import { createRequire } from "node:module";

/** What is used here of node-ipc, which brings no types. */
export interface NodeIpc {
  readonly config: { silent: boolean; maxRetries: number };
  readonly of: Readonly<Record<string, Emitter>>;
  readonly server: {
    on(type: string, listener: (data: unknown, socket: unknown) => void): void;
    emit(socket: unknown, type: string, data: unknown): void;
    start(): void;
  };
  connectTo(id: string, path: string): void;
  disconnect(id: string): void;
  serve(path: string, ready: () => void): void;
}

interface Emitter {
  on(type: string, listener: (data: unknown) => void): void;
  emit(type: string, data: unknown): void;
}

/** A question, and the answer to it, as node-ipc carries them: JSON with bodies as text. */
export interface IpcQuestion {
  readonly id: number;
  readonly path: string;
  readonly body?: string;
}

export interface IpcAnswer {
  readonly id: number;
  readonly status: number;
  readonly body: string;
}

/**
 * The one node-ipc of the workspace, found where it is installed for `@bowsprit/control`: harmful versions of it exist, so nothing else
 * may depend on it, and this bench must not become a second place where a version is chosen.
 */
export async function loadNodeIpc(): Promise<NodeIpc> {
  const control = new URL("../../../packages/control/package.json", import.meta.url);
  const program = createRequire(control).resolve("node-ipc");
  const { default: ipc } = (await import(program)) as { readonly default: NodeIpc };
  ipc.config.silent = true;
  ipc.config.maxRetries = 0;
  return ipc;
}
