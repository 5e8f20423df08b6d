import { toExtensionId } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { anExtension } from "../test/an-extension.ts";
import { reduceCatalog } from "./reduce-catalog.ts";

const list = [anExtension("anchor"), anExtension("hello")];

describe("the list after an event", () => {
  it("has the changed extension in place of its former self", () => {
    const extension = anExtension("anchor", { state: "failed" });
    const changed = reduceCatalog(list, { type: "changed", extension });
    expect(changed).toEqual([extension, list[1]]);
    expect(list[0]?.state).toBe("running");
  });

  it("has a new extension where its title belongs", () => {
    const extension = anExtension("binnacle");
    expect(reduceCatalog(list, { type: "changed", extension }).map(({ id }) => id)).toEqual([
      "anchor",
      "binnacle",
      "hello",
    ]);
  });

  it("is in order of title, not of id", () => {
    const extension = anExtension("zz", { title: "Aardvark" });
    expect(reduceCatalog(list, { type: "changed", extension })[0]?.id).toBe("zz");
  });

  it("is without the removed extension, and the same when that was not there", () => {
    expect(reduceCatalog(list, { type: "removed", id: toExtensionId("hello") })).toEqual([list[0]]);
    expect(reduceCatalog(list, { type: "removed", id: toExtensionId("other") })).toBe(list);
  });
});
