import type { After } from "./after.ts";
import { createCell, type Watchable } from "./create-cell.ts";
import type { ToastLevel } from "./read-toast.ts";

/** A short message that goes away by itself. */
export interface Toast {
  readonly key: number;
  readonly level: ToastLevel;
  readonly text: string;
  /** The title of the extension whose page said it; null for the dashboard's own. */
  readonly from: string | null;
}

/** The toasts that are shown now, oldest first. */
export interface Toasts extends Watchable<readonly Toast[]> {
  show(toast: Omit<Toast, "key">): void;
  dismiss(key: number): void;
  /** Lets none go away while somebody reads. */
  pause(): void;
  /** Gives each its whole time again. */
  resume(): void;
}

/** More would cover the page. */
const maxShown = 4;
const stayMs = 5000;
/** An error asks for something to be done. */
const stayOfErrorMs = 10_000;

/** Creates the stack of toasts. When it is full, the oldest of a page gives way, so that no page can push away what the dashboard said. */
export function createToasts(after: After): Toasts {
  const cell = createCell<readonly Toast[]>([]);
  const timers = new Map<number, () => void>();
  let last = 0;
  let paused = false;

  const dismiss = (key: number): void => {
    timers.get(key)?.();
    timers.delete(key);
    cell.set(cell.value().filter((toast) => toast.key !== key));
  };
  const wait = ({ key, level }: Toast): void => {
    if (paused) return;
    timers.set(
      key,
      after(level === "error" ? stayOfErrorMs : stayMs, () => dismiss(key)),
    );
  };
  return {
    value: cell.value,
    subscribe: cell.subscribe,
    dismiss,
    show(given) {
      last += 1;
      const shown = cell.value();
      const victim = shown.length < maxShown ? undefined : (shown.find(({ from }) => from !== null) ?? shown[0]);
      if (victim !== undefined) dismiss(victim.key);
      const toast = { ...given, key: last };
      cell.set([...cell.value(), toast]);
      wait(toast);
    },
    pause() {
      paused = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
    resume() {
      if (!paused) return;
      paused = false;
      for (const toast of cell.value()) wait(toast);
    },
  };
}
