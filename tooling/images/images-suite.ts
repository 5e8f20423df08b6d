import { aptCommand, type Suite } from "@tooling/provision";
import { findImageTool, imageTools } from "./find-image-tool.ts";

/** The suites that compare our reading of images with that of others. */
export const imagesSuite: Suite = {
  name: "images",
  title: "the image suites",
  look: async () => {
    const found = await Promise.all(imageTools.map(findImageTool));
    const lacks = found.filter((tool) => !tool.available);
    const [first, ...more] = lacks;
    if (first === undefined || more.length === 0) return first;
    const packages = lacks.flatMap((lack) => lack.packages);
    const reasons = [...new Set(lacks.map(({ reason }) => reason))];
    return {
      reason: reasons.join(", "),
      enable: packages.length === 0 ? first.enable : aptCommand(packages),
      packages,
    };
  },
};
