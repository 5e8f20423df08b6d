import { BowspritError, type Extension, toExtensionId } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { anExtension } from "../test/an-extension.ts";
import { type Catalog, createCatalog } from "./create-catalog.ts";

/** A catalog whose lists come when the test says so. */
function setUp() {
  const asked: PromiseWithResolvers<readonly Extension[]>[] = [];
  const catalog = createCatalog(() => {
    const answer = Promise.withResolvers<readonly Extension[]>();
    asked.push(answer);
    return answer.promise;
  });
  return { asked, catalog };
}

function idsOf(catalog: Catalog): readonly string[] | undefined {
  const state = catalog.value();
  return state.kind === "ready" ? state.extensions.map(({ id }) => id) : undefined;
}

describe("the catalog", () => {
  it("is loading until the list is there, and says when it is", async () => {
    const { asked, catalog } = setUp();
    const seen: string[] = [];
    catalog.subscribe(() => seen.push(catalog.value().kind));
    expect(catalog.value().kind).toBe("loading");
    const done = catalog.refresh();
    asked[0]?.resolve([anExtension("hello"), anExtension("anchor")]);
    await done;
    expect(idsOf(catalog)).toEqual(["anchor", "hello"]);
    expect(seen).toEqual(["ready"]);
  });

  it("does not forget what happened while a list was on its way", async () => {
    const { asked, catalog } = setUp();
    const done = catalog.refresh();
    catalog.apply({ type: "removed", id: toExtensionId("hello") });
    catalog.apply({ type: "changed", extension: anExtension("young") });
    asked[0]?.resolve([anExtension("hello"), anExtension("anchor")]);
    await done;
    expect(idsOf(catalog)).toEqual(["anchor", "young"]);
  });

  it("does not bring back with a later list what happened before it was asked for", async () => {
    const { asked, catalog } = setUp();
    catalog.apply({ type: "changed", extension: anExtension("old") });
    const done = catalog.refresh();
    asked[0]?.resolve([]);
    await done;
    expect(idsOf(catalog)).toEqual([]);
  });

  it("shows the list that was asked for last, whichever comes last", async () => {
    const { asked, catalog } = setUp();
    const both = [catalog.refresh(), catalog.refresh()];
    asked[1]?.resolve([anExtension("new")]);
    await both[1];
    asked[0]?.resolve([anExtension("old")]);
    await both[0];
    expect(idsOf(catalog)).toEqual(["new"]);
  });

  it("says why there is no list, but keeps one that is shown", async () => {
    const { asked, catalog } = setUp();
    const error = new BowspritError("ENDPOINT_UNREACHABLE", "list: nobody answers");
    const first = catalog.refresh();
    asked[0]?.reject(error);
    await first;
    expect(catalog.value()).toEqual({ kind: "failed", error });
    const second = catalog.refresh();
    asked[1]?.resolve([anExtension("hello")]);
    await second;
    const third = catalog.refresh();
    asked[2]?.reject(error);
    await third;
    expect(idsOf(catalog)).toEqual(["hello"]);
  });
});
