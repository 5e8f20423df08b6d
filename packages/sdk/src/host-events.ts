import type { ExtensionId } from "@bowsprit/core";

/** Tells watchers which extensions to look at. */
export interface HostEvents {
  /** Something of this extension changed. */
  touch(id: ExtensionId): void;
  /** The extensions that are touched from the call on, each once however often it was, until the signal fires or `close`. */
  watch(signal?: AbortSignal): AsyncIterableIterator<ExtensionId>;
  /** Ends every watch, and those to come. */
  close(): void;
}

interface Watcher {
  readonly touched: Set<ExtensionId>;
  isOver: boolean;
  wake(): void;
  woken(): Promise<void>;
}

/** Creates the events of one host. A watcher that reads slowly sees an extension once, as it is by then: nothing piles up. */
export function createHostEvents(): HostEvents {
  const watchers = new Set<Watcher>();
  let isClosed = false;
  const end = (watcher: Watcher): void => {
    watchers.delete(watcher);
    watcher.isOver = true;
    watcher.wake();
  };
  return {
    touch(id) {
      for (const { touched, wake } of watchers) {
        touched.add(id);
        wake();
      }
    },
    watch(signal) {
      const watcher = createWatcher();
      const onAbort = (): void => end(watcher);
      if (isClosed || signal?.aborted === true) watcher.isOver = true;
      else watchers.add(watcher);
      signal?.addEventListener("abort", onAbort);
      return read(watcher, () => {
        signal?.removeEventListener("abort", onAbort);
        end(watcher);
      });
    },
    close() {
      isClosed = true;
      for (const watcher of watchers) end(watcher);
    },
  };
}

async function* read(watcher: Watcher, leave: () => void): AsyncGenerator<ExtensionId, void, undefined> {
  try {
    while (!watcher.isOver) {
      const [next] = watcher.touched;
      if (next === undefined) await watcher.woken();
      else {
        watcher.touched.delete(next);
        yield next;
      }
    }
  } finally {
    leave();
  }
}

function createWatcher(): Watcher {
  let turn = Promise.withResolvers<void>();
  return {
    touched: new Set(),
    isOver: false,
    wake: () => turn.resolve(),
    async woken() {
      await turn.promise;
      turn = Promise.withResolvers();
    },
  };
}
