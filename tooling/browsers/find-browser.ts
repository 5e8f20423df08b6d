import { aptCommand, findProgram, type Lack } from "@tooling/provision";

/** The browsers that tests run in. */
export type BrowserName = "chromium" | "firefox";

/** Both of them, for `describe.each`. */
export const browserNames: readonly BrowserName[] = ["chromium", "firefox"];

/** Whether a browser can run here: its program, or what is missing. */
export type FoundBrowser =
  | { readonly available: true; readonly program: string }
  | ({ readonly available: false } & Lack);

const kinds = {
  chromium: { title: "Chromium", package: "chromium", programs: ["chromium", "chromium-browser", "google-chrome"] },
  firefox: { title: "Firefox", package: "firefox-esr", programs: ["firefox-esr", "firefox"] },
} as const;

/** Looks for a browser in PATH; installs nothing. */
export async function findBrowser(name: BrowserName): Promise<FoundBrowser> {
  const { title, package: debian, programs } = kinds[name];
  if (process.platform !== "linux") {
    const reason = `the browser suites run on Linux, this is ${process.platform}`;
    return { available: false, reason, enable: "run the tests on Linux", packages: [] };
  }
  const program = await findProgram(...programs);
  if (program !== undefined) return { available: true, program };
  return { available: false, reason: `${title} is not installed`, enable: aptCommand([debian]), packages: [debian] };
}

/** Why tests in a browser cannot run here and what would change it, for `skip(reason)`; undefined when they can. */
export async function whyMissing(name: BrowserName): Promise<string | undefined> {
  const found = await findBrowser(name);
  return found.available ? undefined : `${found.reason}; to enable it: ${found.enable}`;
}
