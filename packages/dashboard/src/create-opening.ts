import { BowspritError, type Extension, type LogLine } from "@bowsprit/core";
import type { ApiClient } from "./create-api-client.ts";
import { createCell, type Watchable } from "./create-cell.ts";

/** How far the opening of a page has come. */
export type OpeningState =
  | { readonly step: "idle" | "starting" | "opening" }
  | { readonly step: "open"; readonly url: string }
  /** `lines` are the last the backend printed; undefined until they were read. */
  | { readonly step: "failed"; readonly error: BowspritError; readonly lines: readonly LogLine[] | undefined };

/** One extension's page on its way to the screen. */
export interface Opening extends Watchable<OpeningState> {
  /** Starts the backend, where there is one, then opens the page. Called again it begins anew. Never rejects. */
  begin(): Promise<void>;
  /** Opens the page without a backend. Never rejects. */
  openAnyway(): Promise<void>;
  /** Calls off what is under way. */
  cancel(): void;
}

type OpeningApi = Pick<ApiClient, "start" | "open" | "logs">;

const lastLines = 20;

/** Creates the opening of an extension; nothing is done before it begins. */
export function createOpening(api: OpeningApi, extension: Pick<Extension, "id" | "services">): Opening {
  const { id, services } = extension;
  const cell = createCell<OpeningState>({ step: "idle" });
  let current = new AbortController();

  const run = async (start: boolean): Promise<void> => {
    current.abort();
    const own = new AbortController();
    current = own;
    const { signal } = own;
    // What comes from a try that was called off must not be shown over the one that followed.
    const show = (state: OpeningState): void => {
      if (!signal.aborted) cell.set(state);
    };
    try {
      if (start) {
        show({ step: "starting" });
        await api.start(id, { signal });
      }
      show({ step: "opening" });
      show({ step: "open", url: await api.open(id, { signal }) });
    } catch (reason) {
      const error = BowspritError.from(reason);
      show({ step: "failed", error, lines: undefined });
      const lines = await api.logs(id, { tail: lastLines, signal }).catch(() => []);
      show({ step: "failed", error, lines });
    }
  };
  return {
    value: cell.value,
    subscribe: cell.subscribe,
    begin: () => run(services.length > 0),
    openAnyway: () => run(false),
    cancel() {
      current.abort();
      cell.set({ step: "idle" });
    },
  };
}
