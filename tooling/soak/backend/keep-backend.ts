import { type Backend, type BackendOptions, startBackend } from "./start-backend.ts";

/** One backend after the other at the same address. Disposing ends the last one, also one that is just starting. */
export interface BackendKeeper extends AsyncDisposable {
  /** Starts the next one, and resolves when it listens. */
  start(): Promise<void>;
  /** See {@link Backend.kill}. */
  kill(): Promise<void>;
  /** See {@link Backend.spoil}. */
  spoil(): void;
  /** How often one was killed. */
  readonly kills: number;
}

export interface KeepBackendOptions extends Omit<BackendOptions, "life"> {
  /** Told when one ends by itself. */
  readonly onDeath: (error: Error) => void;
}

/** A keeper without a backend yet. */
export function keepBackend({ onDeath, ...options }: KeepBackendOptions): BackendKeeper {
  let starting: Promise<Backend> | undefined;
  let backend: Backend | undefined;
  let kills = 0;
  let isClosed = false;
  const running = (): Backend => {
    if (backend === undefined) throw new Error("no backend runs");
    return backend;
  };
  return {
    async start() {
      if (isClosed) throw new Error("the run is over");
      starting = startBackend({ ...options, life: kills });
      backend = await starting;
      backend.died.catch(onDeath);
    },
    async kill() {
      kills += 1;
      await running().kill();
    },
    spoil: () => running().spoil(),
    get kills() {
      return kills;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await starting?.then((last) => last.stop()).catch(() => {});
    },
  };
}
