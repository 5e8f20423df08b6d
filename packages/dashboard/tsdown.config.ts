import { defineLibrary } from "@tooling/build";

/** What Node programs import: where the files are. */
const library = defineLibrary({ platform: "neutral" });

/** The files themselves: one script with all it needs in it, and what it is shown with. */
const site = {
  ...defineLibrary({ platform: "neutral", dts: false, bundle: ["preact"] }),
  entry: { dashboard: "src/main.tsx" },
  outDir: "dist/site",
  platform: "browser",
  target: "es2022",
  minify: true,
  // The licence asks for it, and minifying drops every comment.
  banner: { js: "/*! With Preact, Copyright (c) 2015-present Jason Miller, MIT License */" },
  copy: ["src/site/*"],
  publint: false,
} as const;

export default [library, site];
