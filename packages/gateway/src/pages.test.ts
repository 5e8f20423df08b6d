import { setImmediate as turn } from "node:timers/promises";
import type { ExtensionDetails, HostEvent } from "@bowsprit/sdk";
import { expect, test } from "vitest";
import { labelOf } from "./label-of.ts";
import { createPages, type Pages, type PagesOptions } from "./pages.ts";

/** Pages over a host whose answers and events come when the case says so: no real one could be held at that point. */
interface Stage {
  readonly pages: Pages;
  /** The labels that are gone. */
  readonly gone: readonly string[];
  /** Answers a question for an extension, of which there may be none, by when it was installed. */
  answer(question: number, installedAt: string): Promise<void>;
  /** Tells of an event. */
  tell(event: unknown): Promise<void>;
}

async function createStage(): Promise<Stage> {
  const asked: ((installedAt: string) => void)[] = [];
  const gone: string[] = [];
  const events: HostEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const host: PagesOptions["host"] = {
    get: () =>
      new Promise((resolve) => {
        asked.push((installedAt) => resolve({ id: "one", installedAt } as ExtensionDetails));
      }),
    list: async () => [],
    page: async () => null,
    async *watch() {
      for (;;) {
        for (const event of events.splice(0)) yield event;
        await wake.promise;
        wake = Promise.withResolvers();
      }
    },
  };
  const pages = createPages({ host, signal: new AbortController().signal, onGone: (label) => gone.push(label) });
  await pages.ready;
  return {
    pages,
    gone,
    async answer(question, installedAt) {
      asked[question]?.(installedAt);
      await turn();
    },
    async tell(event) {
      events.push(event as HostEvent);
      wake.resolve();
      await turn();
    },
  };
}

const [then, now] = [labelOf("one", "then"), labelOf("one", "now")];

test("an extension that is removed while its label is asked for is gone afterwards", async () => {
  const { pages, gone, answer, tell } = await createStage();
  const asking = pages.labelOf("one");
  await tell({ type: "removed", id: "one" });
  await answer(0, "then");
  expect(await asking).toBe(then);
  expect({ known: pages.has(then), gone }).toEqual({ known: false, gone: [then] });
});

test("the latest installation is the one that is known, in whichever order answers come", async () => {
  const { pages, gone, answer, tell } = await createStage();
  const asking = pages.labelOf("one");
  await tell({ type: "changed", extension: { id: "one" } });
  await answer(1, "now");
  await answer(0, "then");
  await answer(1, "now");
  await asking;
  expect({ known: [pages.has(then), pages.has(now)], gone }).toEqual({ known: [false, true], gone: [then] });
});
