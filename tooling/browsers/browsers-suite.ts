import { aptCommand, type Suite } from "@tooling/provision";
import { browserNames, findBrowser } from "./find-browser.ts";

/** The suites that run in real browsers. */
export const browsersSuite: Suite = {
  name: "browsers",
  title: "the browser suites",
  look: async () => {
    const found = await Promise.all(browserNames.map(findBrowser));
    const lacks = found.filter((browser) => !browser.available);
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
