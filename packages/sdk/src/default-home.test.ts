import { isAbsolute, resolve } from "node:path";
import { expect, it } from "vitest";
import { defaultHome } from "./default-home.ts";

it("is what BOWSPRIT_HOME says, made absolute", () => {
  expect(defaultHome({ BOWSPRIT_HOME: "somewhere" })).toBe(resolve("somewhere"));
});

it("is a place for data of this program where nothing, or an empty text, is said", () => {
  for (const environment of [{}, { BOWSPRIT_HOME: "" }]) {
    expect(isAbsolute(defaultHome(environment))).toBe(true);
    expect(defaultHome(environment)).toMatch(/bowsprit/u);
  }
});
