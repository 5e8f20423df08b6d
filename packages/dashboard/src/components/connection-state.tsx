import type { JSX } from "preact";
import type { EventFeed, FeedState } from "../create-event-feed.ts";
import { useCell } from "../use-cell.ts";

const texts: Readonly<Record<FeedState, string>> = {
  connecting: "Connecting…",
  connected: "Connected",
  waiting: "Not connected",
  closed: "Signed out",
};

/** Whether the dashboard hears of changes, and a way to hurry when it does not. */
export function ConnectionState({ feed }: { readonly feed: EventFeed }): JSX.Element {
  const state = useCell(feed);
  return (
    <div class="connection">
      <span class="dot" data-state={state === "connected" ? "running" : "starting"} aria-hidden="true" />
      <span role="status">{texts[state]}</span>
      {state === "waiting" && (
        <button type="button" class="link" onClick={() => feed.retry()}>
          Try now
        </button>
      )}
    </div>
  );
}
