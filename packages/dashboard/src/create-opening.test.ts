import { BowspritError, type ExtensionId, type LogLine } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { anExtension } from "../test/an-extension.ts";
import { createOpening, type Opening } from "./create-opening.ts";

const url = "http://0.bowsprit.localhost:4711/.bowsprit/enter?ticket=x";
const line: LogLine = { service: "service", stream: "stderr", time: "2026-01-01T00:00:00.000Z", text: "no" };
const down = new BowspritError("BACKEND_UNAVAILABLE", "start hello: it ended");

function setUp(
  differences: { start?: () => Promise<void>; services?: readonly []; logs?: () => Promise<LogLine[]> } = {},
) {
  const calls: string[] = [];
  const api = {
    start: async () => {
      calls.push("start");
      await differences.start?.();
    },
    open: async () => {
      calls.push("open");
      return url;
    },
    logs: async (_: ExtensionId, options: { readonly tail?: number } = {}) => {
      calls.push(`logs ${options.tail}`);
      return differences.logs?.() ?? [line];
    },
  };
  const { services } = differences;
  const opening = createOpening(api, anExtension("hello", services === undefined ? {} : { services }));
  const steps: string[] = [];
  opening.subscribe(() => steps.push(opening.value().step));
  return { calls, opening, steps };
}

function urlOf(opening: Opening): string | undefined {
  const state = opening.value();
  return state.step === "open" ? state.url : undefined;
}

describe("the opening of a page", () => {
  it("does nothing before it begins", () => {
    const { calls, opening } = setUp();
    expect(opening.value().step).toBe("idle");
    expect(calls).toEqual([]);
  });

  it("starts the backend before it opens the page", async () => {
    const { calls, opening, steps } = setUp();
    await opening.begin();
    expect(calls).toEqual(["start", "open"]);
    expect(steps).toEqual(["starting", "opening", "open"]);
    expect(urlOf(opening)).toBe(url);
  });

  it("starts nothing where there are no services", async () => {
    const { calls, opening } = setUp({ services: [] });
    await opening.begin();
    expect(calls).toEqual(["open"]);
  });

  it("says why the backend did not start and what it printed last, and opens no page", async () => {
    const { calls, opening } = setUp({ start: () => Promise.reject(down) });
    await opening.begin();
    expect(calls).toEqual(["start", "logs 20"]);
    expect(opening.value()).toEqual({ step: "failed", error: down, lines: [line] });
  });

  it("says why also when the logs cannot be read", async () => {
    const { opening } = setUp({ start: () => Promise.reject(down), logs: () => Promise.reject(down) });
    await opening.begin();
    expect(opening.value()).toEqual({ step: "failed", error: down, lines: [] });
  });

  it("opens the page anyway when it is told to", async () => {
    const { calls, opening } = setUp({ start: () => Promise.reject(down) });
    await opening.begin();
    await opening.openAnyway();
    expect(calls.slice(-1)).toEqual(["open"]);
    expect(urlOf(opening)).toBe(url);
  });

  it("tries again from the start", async () => {
    let tries = 0;
    const { opening } = setUp({ start: () => (++tries === 1 ? Promise.reject(down) : Promise.resolve()) });
    await opening.begin();
    await opening.begin();
    expect(urlOf(opening)).toBe(url);
  });

  it("does not show the failure of a try that another has replaced", async () => {
    const first = Promise.withResolvers<void>();
    const { opening } = setUp({ start: () => first.promise });
    const begun = opening.begin();
    await opening.openAnyway();
    first.reject(down);
    await begun;
    expect(urlOf(opening)).toBe(url);
  });

  it("is idle for good once it is called off", async () => {
    const first = Promise.withResolvers<void>();
    const { opening } = setUp({ start: () => first.promise });
    const begun = opening.begin();
    opening.cancel();
    first.resolve();
    await begun;
    expect(opening.value().step).toBe("idle");
  });
});
