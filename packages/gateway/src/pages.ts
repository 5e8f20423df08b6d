import { createTurns } from "@bowsprit/core";
import type { ExtensionPage, Host } from "@bowsprit/sdk";
import { labelOf } from "./label-of.ts";

/** The extensions as the gateway knows them: by the names of their origins. Kept current by what the host tells. */
export interface Pages {
  has(label: string): boolean;
  /** The extension of a label. */
  idOf(label: string): string | undefined;
  /** The page of a label's extension, undefined where it has none; read again after every change. */
  open(label: string): Promise<ExtensionPage | undefined>;
  /** The label of an extension as it is installed now. @throws BowspritError `EXTENSION_NOT_FOUND`, `HOME_UNUSABLE`. */
  labelOf(id: string): Promise<string>;
  /** Resolves once the names are known. */
  readonly ready: Promise<void>;
}

export interface PagesOptions {
  readonly host: Pick<Host, "get" | "list" | "page" | "watch">;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Told when an installation has gone. */
  readonly onGone: (label: string) => void;
}

interface Entry {
  readonly id: string;
  page?: Promise<ExtensionPage | undefined>;
}

/** Begins to follow a host's extensions. */
export function createPages({ host, signal, onGone }: PagesOptions): Pages {
  const entries = new Map<string, Entry>();
  const labels = new Map<string, string>();
  // What the host said of an extension before it was removed must not be noted after that.
  const inTurn = createTurns();
  const forget = (id: string): void => {
    const label = labels.get(id);
    labels.delete(id);
    if (label !== undefined && entries.delete(label)) onGone(label);
  };
  const note = (id: string): Promise<string> =>
    inTurn(id, async () => {
      const { installedAt } = await host.get(id);
      const label = labelOf(id, installedAt ?? "");
      if (labels.get(id) !== label) forget(id);
      labels.set(id, label);
      // Whatever changed, the page may have: it is read again when it is opened.
      entries.set(label, { id });
      return label;
    });
  const follow = async (events: ReturnType<Host["watch"]>): Promise<void> => {
    for await (const event of events) {
      if (event.type === "removed") await inTurn(event.id, async () => forget(event.id));
      // Gone again by now: its removal is told next.
      else await note(event.extension.id).catch(() => undefined);
    }
  };
  const load = async (id: string): Promise<ExtensionPage | undefined> => (await host.page(id)) ?? undefined;
  const begin = async (): Promise<void> => {
    const events = host.watch({ signal });
    for (const { id } of await host.list()) await note(id).catch(() => undefined);
    void follow(events).catch(() => undefined);
  };
  return {
    ready: begin(),
    labelOf: note,
    has: (label) => entries.has(label),
    idOf: (label) => entries.get(label)?.id,
    async open(label) {
      const entry = entries.get(label);
      if (entry === undefined) return undefined;
      entry.page ??= load(entry.id);
      // A failure is not the page's for good.
      entry.page.catch(() => delete entry.page);
      return entry.page;
    },
  };
}
