import type { HostEvent } from "@bowsprit/core";
import type { After } from "./after.ts";
import { createCell, type Watchable } from "./create-cell.ts";
import { readEvent } from "./read-event.ts";

/** `closed` is for good: nothing tries again. */
export type FeedState = "connecting" | "connected" | "waiting" | "closed";

/** What the feed needs of a `WebSocket`. */
export type FeedSocket = Pick<WebSocket, "addEventListener" | "close">;

export interface EventFeedOptions {
  /** Opens a socket to the gateway's events. */
  readonly connect: () => FeedSocket;
  readonly after: After;
  readonly onEvent: (event: HostEvent) => void;
  /** Called when a socket is open: what happened while there was none was missed. */
  readonly onUp: () => void;
  /** Called when a socket is gone: a browser does not say why, so somebody has to ask whether the session is. */
  readonly onDown: () => void;
}

/** The gateway's events, over one socket after another. */
export interface EventFeed extends Watchable<FeedState> {
  /** Tries at once instead of waiting on. */
  retry(): void;
  /** Closes the socket and tries no more. */
  close(): void;
}

const firstDelayMs = 500;
/** A gateway that was restarted is found again within that time, and one that is gone costs little. */
const longestDelayMs = 15_000;

/** Creates a feed and connects it. After a loss it tries again in half a second, and doubles the wait at every failure in a row. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const state = createCell<FeedState>("connecting");
  let socket: FeedSocket | undefined;
  let failures = 0;
  let cancelWait = (): void => undefined;

  const lose = (lost: FeedSocket): void => {
    if (lost !== socket) return;
    socket = undefined;
    const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
    failures += 1;
    state.set("waiting");
    cancelWait = options.after(delayMs, open);
    options.onDown();
  };
  const open = (): void => {
    const fresh = options.connect();
    socket = fresh;
    state.set("connecting");
    fresh.addEventListener("open", () => {
      if (fresh !== socket) return;
      failures = 0;
      state.set("connected");
      options.onUp();
    });
    fresh.addEventListener("message", ({ data }) => {
      const event = fresh === socket ? readEvent(data) : undefined;
      if (event !== undefined) options.onEvent(event);
    });
    fresh.addEventListener("close", () => lose(fresh));
  };

  open();
  return {
    value: state.value,
    subscribe: state.subscribe,
    retry() {
      if (state.value() !== "waiting") return;
      cancelWait();
      open();
    },
    close() {
      cancelWait();
      const last = socket;
      socket = undefined;
      state.set("closed");
      last?.close();
    },
  };
}
