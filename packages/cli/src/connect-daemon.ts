import { connectHost } from "@bowsprit/control";
import type { Host } from "@bowsprit/sdk";

/** The host of a running daemon; undefined where none answers. Here by itself, for most commands never load it. */
export function connectDaemon(home: string): Promise<Host | undefined> {
  return connectHost({ home });
}
