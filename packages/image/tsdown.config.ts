import { defineLibrary } from "@tooling/build";

export default defineLibrary({ entry: ["src/index.ts", "src/image-thread.ts"] });
