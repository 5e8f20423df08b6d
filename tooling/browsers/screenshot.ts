import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Page } from "puppeteer-core";

/** Draws what is visible of a page into a PNG file, once its fonts are there; makes the file's folder where it is missing. */
export async function screenshot(page: Page, path: string): Promise<void> {
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, type: "png", captureBeyondViewport: false });
}
