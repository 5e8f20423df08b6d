import type { ExtensionId } from "@bowsprit/core";
import { expect, test } from "vitest";
import { createHostEvents } from "./host-events.ts";

const id = (text: string): ExtensionId => text as ExtensionId;

test("a watch tells each touched extension once, from the call on", async () => {
  const events = createHostEvents();
  events.touch(id("before"));
  const watch = events.watch();
  for (const name of ["one", "two", "one", "one"]) events.touch(id(name));
  expect(await watch.next()).toEqual({ done: false, value: "one" });
  expect(await watch.next()).toEqual({ done: false, value: "two" });
  const waiting = watch.next();
  events.touch(id("one"));
  expect(await waiting).toEqual({ done: false, value: "one" });
});

test("the signal, and the host's end, end a watch that waits", async () => {
  const events = createHostEvents();
  const controller = new AbortController();
  const [aborted, closed] = [events.watch(controller.signal), events.watch()];
  const ends = [aborted.next(), closed.next()];
  controller.abort();
  events.close();
  expect(await Promise.all(ends)).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
  expect(await events.watch().next()).toEqual({ done: true, value: undefined });
});
