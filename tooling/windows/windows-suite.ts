import type { Suite } from "@tooling/provision";
import { findWine } from "./find-wine.ts";
import { openPrefix } from "./wine-prefix.ts";

/** The suites that a Windows build of Node runs: they need Wine, and a Windows of their own made by it. */
export const windowsSuite: Suite = {
  name: "windows",
  title: "the Windows suites",
  look: async () => {
    const wine = await findWine();
    return wine.available ? undefined : wine;
  },
  prepare: async () => {
    const wine = await findWine();
    if (wine.available) await (await openPrefix(wine))[Symbol.asyncDispose]();
  },
};
