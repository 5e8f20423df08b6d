import { expect, test } from "vitest";
import { nearTags } from "./near-tags.ts";

test("the tags that need the fewest changes come first, five at most", () => {
  const tags = ["nightly", "1.0.0", "1.1.0", "2.0.0", "v1.0.1", "10.0.0", "latest"];
  expect(nearTags("1.0.1", tags)).toEqual(["1.0.0", "v1.0.1", "1.1.0", "10.0.0", "2.0.0"]);
  expect(nearTags("lastest", tags)[0]).toBe("latest");
  expect(nearTags("x", [])).toEqual([]);
});
