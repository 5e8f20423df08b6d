import { describe, expect, it } from "vitest";
import { createManualClock } from "../test/manual-clock.ts";
import { createToasts, type Toasts } from "./create-toasts.ts";

const own = (text: string) => ({ level: "success", text, from: null }) as const;
const ofPage = (text: string) => ({ level: "success", text, from: "Hello" }) as const;
const textsOf = (toasts: Toasts): readonly string[] => toasts.value().map(({ text }) => text);

function setUp() {
  const clock = createManualClock();
  return { clock, toasts: createToasts(clock.after) };
}

describe("toasts", () => {
  it("go away by themselves after five seconds, errors after ten", () => {
    const { clock, toasts } = setUp();
    toasts.show(own("done"));
    toasts.show({ level: "error", text: "failed", from: null });
    clock.advance(4999);
    expect(textsOf(toasts)).toEqual(["done", "failed"]);
    clock.advance(1);
    expect(textsOf(toasts)).toEqual(["failed"]);
    clock.advance(5000);
    expect(textsOf(toasts)).toEqual([]);
  });

  it("are four at most: the oldest gives way", () => {
    const { toasts } = setUp();
    for (const text of ["1", "2", "3", "4", "5"]) toasts.show(own(text));
    expect(textsOf(toasts)).toEqual(["2", "3", "4", "5"]);
  });

  it("of a page do not push away what the dashboard said", () => {
    const { toasts } = setUp();
    toasts.show(own("installed"));
    for (const text of ["1", "2", "3", "4", "5"]) toasts.show(ofPage(text));
    expect(textsOf(toasts)).toEqual(["installed", "3", "4", "5"]);
  });

  it("stay while somebody reads, those that come meanwhile too, and have their whole time afterwards", () => {
    const { clock, toasts } = setUp();
    toasts.show(own("before"));
    clock.advance(4000);
    toasts.pause();
    toasts.show(own("meanwhile"));
    clock.advance(60_000);
    expect(textsOf(toasts)).toEqual(["before", "meanwhile"]);
    toasts.resume();
    clock.advance(4999);
    expect(textsOf(toasts)).toHaveLength(2);
    clock.advance(1);
    expect(textsOf(toasts)).toEqual([]);
  });

  it("can be dismissed, and leave no timer behind", () => {
    const { clock, toasts } = setUp();
    toasts.show(own("done"));
    for (const { key } of toasts.value()) toasts.dismiss(key);
    expect(textsOf(toasts)).toEqual([]);
    expect(clock.waiting()).toEqual([]);
  });
});
