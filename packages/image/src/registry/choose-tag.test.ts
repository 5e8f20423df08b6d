import { expect, test } from "vitest";
import { chooseTag } from "./choose-tag.ts";

test.each([
  { tags: [], chosen: undefined },
  { tags: ["nightly", "1", "1.2", "20240101", "2024.01.02"], chosen: undefined },
  { tags: ["1.9.0", "1.10.0", "1.2.0"], chosen: ["1.10.0", "highest version"] },
  { tags: ["v1.0.0", "v2.0.0", "1.5.0"], chosen: ["v2.0.0", "highest version"] },
  { tags: ["v1.0.0", "1.0.0"], chosen: ["1.0.0", "highest version"] },
  { tags: ["latest", "0.1.0"], chosen: ["0.1.0", "highest version"] },
  { tags: ["1.0.0", "2.0.0-rc.1", "2.0.0-alpine"], chosen: ["1.0.0", "highest version"] },
  { tags: ["2.0.0-rc.1", "latest", "2"], chosen: ["latest", "latest"] },
  { tags: ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta"], chosen: ["1.0.0-alpha.beta", "highest pre-release"] },
  { tags: ["1.0.0-rc.9", "1.0.0-rc.10", "1.0.0-beta.11"], chosen: ["1.0.0-rc.10", "highest pre-release"] },
  { tags: ["1.0.0-1", "1.0.0-a", "1.0.0-a.0"], chosen: ["1.0.0-a.0", "highest pre-release"] },
  { tags: ["1.0.0-01", "01.0.0"], chosen: undefined },
  { tags: ["1.0.9007199254740993", "1.0.9007199254740992"], chosen: ["1.0.9007199254740993", "highest version"] },
])("of $tags it is $chosen", ({ tags, chosen }) => {
  const expected = chosen === undefined ? undefined : { tag: chosen[0], because: chosen[1] };
  expect(chooseTag(tags)).toEqual(expected);
  expect(chooseTag(tags.toReversed())).toEqual(expected);
});
