import { defineLibrary } from "@tooling/build";

export default defineLibrary({ entry: ["src/index.ts", "src/local/index.ts"] });
