import { defineLibrary } from "@tooling/build";

export default defineLibrary({ entry: ["src/index.ts", "src/conformance/index.ts", "src/memory/index.ts"] });
