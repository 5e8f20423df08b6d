import { defineConfig, type UserConfig } from "tsdown";

export interface LibraryOptions {
  /** Entry files, relative to the package; the default is the one entry every package has. */
  readonly entry?: readonly string[];
  /** `"neutral"` for packages that also run in a page; the default is `"node"`. */
  readonly platform?: "node" | "neutral";
  /** Third-party code that may be inlined; the default is none, so nothing is bundled silently. */
  readonly bundle?: readonly (string | RegExp)[];
  /** False for a program: its d.ts has no reader. */
  readonly dts?: boolean;
}

/** The one build of this workspace: ESM, types, source maps; publint and attw judge the packed tarball. */
export function defineLibrary(options: LibraryOptions = {}): UserConfig {
  const { entry = ["src/index.ts"], platform = "node", bundle = [], dts = true } = options;
  return defineConfig({
    entry: [...entry],
    format: "esm",
    platform,
    target: "node22.19",
    fixedExtension: false,
    dts,
    sourcemap: dts,
    deps: { onlyBundle: [...bundle] },
    publint: true,
    attw: dts ? { profile: "esm-only" } : false,
    failOnWarn: true,
    logLevel: "warn",
  });
}
