import { defineLibrary } from "@tooling/build";

// A program starts faster from a few files than from many packages: everything it imports is in it.
const bundle = [/^@bowsprit\//u, "env-paths", "is-safe-filename", "undici", "yaml"];

export default defineLibrary({ entry: ["src/bin.ts"], dts: false, bundle });
