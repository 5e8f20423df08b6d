export { imageTools, type ImageTool, whyMissing } from "./find-image-tool.ts";
export { imagesSuite } from "./images-suite.ts";
export { runImageTool } from "./run-image-tool.ts";
