// Draws the dashboard and the page of hello, light and dark, into a folder: `node tooling/e2e/screenshots.ts FOLDER`. For looking at.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, screenshot } from "@tooling/browsers";
import { copyHello, startServe } from "@tooling/serve";
import { openDashboard, waitForText } from "./dashboard-page.ts";

const [folder = "screenshots"] = process.argv.slice(2);
await using served = await startServe({ hellos: ["hello", "second"] });
await using browser = await openBrowser("chromium");
const dashboard = await openDashboard(browser, served.link);
const { page } = dashboard;

const draw = async (name: string): Promise<void> => {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await screenshot(page, join(folder, `${name}-${scheme}.png`));
  }
};

await dashboard.says("main", "2 installed");
await draw("overview");

const frame = await dashboard.open("hello");
await waitForText(frame, "#greeting", "Hello from the backend");
await frame.locator('[data-verb="post"]').click();
await waitForText(frame, "#answer", '"method": "POST"');
await frame.locator("#stream").click();
await waitForText(frame, "#output", "ended with 0");
await draw("hello");

await page.locator("header ::-p-text(Logs)").click();
await dashboard.says('[aria-label="Logs"]', "listening");
await draw("logs");
await page.locator('[aria-label="Logs"] .icon-button').click();

const third = join(served.folder, "third");
await copyHello(third);
await page.locator("::-p-text(Install)").click();
await page.locator("dialog input").fill(third);
await page.keyboard.press("Enter");
await dashboard.says("dialog", "node backend/server.js");
await draw("consent");
await page.keyboard.press("Escape");

await served.run(["install", third, "-y"]);
const { folder: installed } = JSON.parse((await served.run(["inspect", "third", "--json"])).stdout) as {
  folder: string;
};
await writeFile(
  join(installed, "root/backend/server.js"),
  'console.error("cannot read notes.db: no such file"); process.exit(3);\n',
);
await served.run(["request", "third", "GET", "/crash"]);
await page.locator('nav a[href="#/extensions/third"]').click();
await dashboard.says("main", "Try again");
await draw("failed");

await page.setViewport({ width: 400, height: 800 });
await page.goto(`${new URL(served.link).origin}/#/extensions/hello`);
await waitForText(await dashboard.frame(), "#greeting", "Hello from the backend");
await draw("narrow");
