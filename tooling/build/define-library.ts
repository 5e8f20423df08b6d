import { defineConfig, type UserConfig } from "tsdown";
import { leanBuiltins } from "./lean-builtins.ts";

/** Modules whose path matches go into the file of that name; the higher priority wins. */
export interface ChunkGroup {
  readonly name: string;
  readonly test: RegExp | ((id: string) => boolean);
  readonly priority: number;
}

export interface LibraryOptions {
  /** Entry files, relative to the package, or by their names in the output; the default is the one entry every package has. */
  readonly entry?: readonly string[] | Readonly<Record<string, string>>;
  /** `"neutral"` for packages that also run in a page; the default is `"node"`. */
  readonly platform?: "node" | "neutral";
  /** Third-party code that may be inlined; the default is none, so nothing is bundled silently. */
  readonly bundle?: readonly (string | RegExp)[];
  /** Modules that share a file of the output, by name; the default leaves that to the bundler. */
  readonly chunks?: readonly ChunkGroup[];
  /** True for a program whose start counts: see `leanBuiltins`. */
  readonly lean?: boolean;
  /** False for a program: its d.ts has no reader. */
  readonly dts?: boolean;
}

/** The one build of this workspace: ESM, types, source maps; publint and attw judge the packed tarball. */
export function defineLibrary(options: LibraryOptions = {}): UserConfig {
  const { entry = ["src/index.ts"], platform = "node", bundle = [], chunks = [], lean = false, dts = true } = options;
  return defineConfig({
    entry: Array.isArray(entry) ? [...entry] : { ...(entry as Readonly<Record<string, string>>) },
    format: "esm",
    platform,
    target: "node22.19",
    fixedExtension: false,
    dts,
    sourcemap: dts,
    ...(chunks.length > 0 && { outputOptions: { codeSplitting: { groups: [...chunks] } } }),
    ...(lean && { plugins: [leanBuiltins], treeshake: { propertyReadSideEffects: false } }),
    deps: { onlyBundle: [...bundle] },
    publint: true,
    attw: dts ? { profile: "esm-only" } : false,
    failOnWarn: true,
    logLevel: "warn",
  });
}
