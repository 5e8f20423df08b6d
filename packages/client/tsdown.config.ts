import { defineLibrary } from "@tooling/build";
import { defineConfig } from "tsdown";

export default defineConfig([
  defineLibrary({ platform: "neutral" }),
  // What the gateway serves to pages: a classic script, whole in one file, so that it runs before the first script of a page does.
  {
    entry: { page: "src/page.ts" },
    format: "iife",
    platform: "browser",
    target: "es2022",
    outputOptions: { entryFileNames: "[name].js" },
    dts: false,
    minify: true,
    clean: false,
    deps: { alwaysBundle: ["@bowsprit/core"], onlyBundle: ["@bowsprit/core"] },
    failOnWarn: true,
    logLevel: "warn",
  },
]);
