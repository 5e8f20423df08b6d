import { expect, test } from "vitest";
import type { Platform } from "@bowsprit/core";
import { rankPlatform } from "./rank-platform.ts";

const x64: Platform = { os: "linux", arch: "x64" };
const arm64: Platform = { os: "darwin", arch: "arm64" };

/** Those of these images that run, the best first. */
function order(platform: Platform, images: readonly string[], variant?: string): readonly string[] {
  return images
    .flatMap((name) => {
      const [os = "", architecture = "", own] = name.split("/");
      const rank = rankPlatform({ os, architecture, ...(own !== undefined && { variant: own }) }, platform, variant);
      return rank === undefined ? [] : [{ name, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}

const all = [
  "linux/arm/v5",
  "linux/arm/v6",
  "linux/arm",
  "linux/arm/v8",
  "linux/arm64",
  "linux/arm64/v9",
  "linux/386",
  "linux/amd64",
  "linux/amd64/v2",
  "linux/amd64/v3",
  "windows/amd64",
  "darwin/arm64",
  "linux/riscv64",
  "linux/s390x",
];

test("64 bits come first, then what the same processor runs with 32", () => {
  expect(order(arm64, all)).toEqual(["linux/arm64", "linux/arm/v8", "linux/arm", "linux/arm/v6", "linux/arm/v5"]);
  expect(order(x64, all)).toEqual(["linux/amd64", "linux/386"]);
});

test("newer variants need a processor that is known to have them, and are then preferred", () => {
  expect(order(x64, all, "v3")).toEqual(["linux/amd64/v3", "linux/amd64/v2", "linux/amd64", "linux/386"]);
  expect(order(arm64, all, "v9")[0]).toBe("linux/arm64/v9");
});

test("a variant that is meant anyway may be left out, and other names of processors are known", () => {
  expect(order(arm64, ["linux/arm64/v8", "linux/arm64/8", "linux/aarch64"])).toHaveLength(3);
  expect(order(arm64, ["linux/armel", "linux/armhf", "linux/arm/v7"])).toEqual([
    "linux/armhf",
    "linux/arm/v7",
    "linux/armel",
  ]);
  expect(order(x64, ["linux/amd64/v1", "linux/x86_64", "linux/X86_64", "linux/constructor"])).toHaveLength(3);
});
