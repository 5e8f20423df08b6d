import { createRateLimit } from "./create-rate-limit.ts";
import { type PageToast, readToast } from "./read-toast.ts";

export interface FrameChannelOptions {
  /** The dashboard's window, which hears what frames post. */
  readonly receiver: EventTarget;
  /** The window inside the frame that the dashboard made; null while there is none. */
  readonly frame: () => unknown;
  /** The exact origin of the frame's page. */
  readonly origin: string;
  readonly onToast: (toast: PageToast) => void;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** What one page may say to the dashboard. */
export interface FrameChannel {
  /** Closes the page's port and listens no more. */
  close(): void;
}

/** Twenty in ten seconds is more than anybody reads, and little enough that a page in a loop does no harm. */
const toastLimit = { count: 20, windowMs: 10_000 };

/**
 * Listens to one frame. A port is taken only from that frame's own window, at that exact origin, in a message that is a connect and brings
 * one port; everything else is ignored without a word. A page that was loaded again brings a new port, and the old one is closed.
 */
export function createFrameChannel(options: FrameChannelOptions): FrameChannel {
  const { receiver, onToast, now } = options;
  // Of the channel, not of the port: reloading itself must not give a page a fresh allowance.
  const mayShow = createRateLimit({ ...toastLimit, now });
  let port: MessagePort | undefined;

  const hear = (event: Event): void => {
    const offered = portOf(event, options);
    if (offered === undefined) return;
    port?.close();
    port = offered;
    offered.onmessage = ({ data }) => {
      const toast = offered === port ? readToast(data) : undefined;
      if (toast !== undefined && mayShow()) onToast(toast);
    };
  };
  receiver.addEventListener("message", hear);
  return {
    close() {
      receiver.removeEventListener("message", hear);
      port?.close();
      port = undefined;
    },
  };
}

function portOf(event: Event, { frame, origin }: FrameChannelOptions): MessagePort | undefined {
  const { source, origin: sender, data, ports } = event as MessageEvent<unknown>;
  if (source === null || source !== frame() || sender !== origin) return undefined;
  if (typeof data !== "object" || data === null || !("type" in data) || data.type !== "bowsprit:connect")
    return undefined;
  return ports.length === 1 ? ports[0] : undefined;
}
