import { expect, test } from "vitest";
import { parseDigest } from "./digest.ts";

test("parseDigest reads a lower-case SHA-256 digest", () => {
  const text = `sha256:${"0f".repeat(32)}`;
  expect(parseDigest(text)).toBe(text);
});

test.each([
  "",
  "0f".repeat(32),
  `sha256:${"0F".repeat(32)}`,
  `sha256:${"0".repeat(63)}`,
  `sha512:${"0".repeat(128)}`,
  `sha256:${"0".repeat(64)}\n`,
])("parseDigest refuses %j", (text) => {
  expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: "REFERENCE_INVALID" }));
});
