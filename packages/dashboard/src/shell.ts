import type { HostEvent } from "@bowsprit/core";
import type { ApiClient } from "./create-api-client.ts";
import type { Catalog } from "./create-catalog.ts";
import type { Cell, Watchable } from "./create-cell.ts";
import type { EventFeed } from "./create-event-feed.ts";
import type { Router } from "./create-router.ts";
import type { Theme } from "./create-theme.ts";
import type { Toasts } from "./create-toasts.ts";

/** What the components share: the state of the dashboard and the ways to change it. */
export interface Shell {
  readonly api: ApiClient;
  readonly catalog: Catalog;
  readonly feed: EventFeed;
  readonly router: Router;
  readonly theme: Cell<Theme>;
  readonly toasts: Toasts;
  /** True when the gateway said that there is no session any more. */
  readonly signedOut: Watchable<boolean>;
  /** Takes in what happened, whether the event socket said so or an answer did. The second to say the same changes nothing. */
  readonly take: (event: HostEvent) => void;
}
