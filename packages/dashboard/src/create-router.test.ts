import { toExtensionId } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { createRouter } from "./create-router.ts";
import { hashOf, overview, readRoute } from "./route.ts";

const hello = { page: "extension", id: toExtensionId("hello") } as const;

describe("a route", () => {
  it("is read back from its fragment", () => {
    for (const route of [hello, overview]) expect(readRoute(hashOf(route))).toEqual(route);
    expect(hashOf(hello)).toBe("#/extensions/hello");
  });

  it.each([
    "",
    "#",
    "#/",
    "#/extensions",
    "#/extensions/",
    "#/extensions/../x",
    "#/extensions/a/b",
    "#/extensions/%68",
    "#/x/hello",
  ])("is the overview for %j", (hash) => {
    expect(readRoute(hash)).toEqual(overview);
  });
});

describe("the router", () => {
  function setUp(hash: string) {
    let listen = (): void => undefined;
    const location = { hash };
    const window = { location, addEventListener: (_: "hashchange", listener: () => void) => void (listen = listener) };
    const router = createRouter(window);
    let changes = 0;
    router.subscribe(() => (changes += 1));
    return { location, router, changes: () => changes, move: (to: string) => ((location.hash = to), listen()) };
  }

  it("begins where the address says", () => {
    expect(setUp("#/extensions/hello").router.value()).toEqual(hello);
  });

  it("follows the back button and links", () => {
    const { router, move, changes } = setUp("");
    move("#/extensions/hello");
    expect(router.value()).toEqual(hello);
    move("#nonsense");
    expect(router.value()).toEqual(overview);
    expect(changes()).toBe(2);
  });

  it("writes where it goes into the address, and tells once", () => {
    const { location, router, move, changes } = setUp("");
    router.go(hello);
    expect(location.hash).toBe("#/extensions/hello");
    expect(router.value()).toEqual(hello);
    move(location.hash);
    expect(changes()).toBe(1);
  });
});
