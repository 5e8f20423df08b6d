import { defineLibrary } from "@tooling/build";

export default defineLibrary({ platform: "neutral" });
