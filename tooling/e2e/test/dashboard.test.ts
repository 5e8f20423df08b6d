import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { collectProblems } from "@tooling/browsers";
import { copyHello } from "@tooling/serve";
import { describe, expect, it } from "vitest";
import { waitForText } from "../dashboard-page.ts";
import { patienceMs, useWorkplace } from "../workplace.ts";

/** Promised: a second, on a computer that does nothing else. */
const soonMs = 3000;

describe("the dashboard beside the command line", () => {
  const workplace = useWorkplace({ browser: "chromium", hellos: [] });

  const isListed = (id: string, wanted: boolean): Promise<unknown> =>
    workplace.dashboard.page.waitForFunction(
      (query, listed) => (document.querySelector(query) !== null) === listed,
      { polling: 20, timeout: soonMs },
      `nav a[href="#/extensions/${id}"]`,
      wanted,
    );

  it(
    "shows within a second what the command line installs and removes",
    async () => {
      const { served } = workplace;
      const folder = join(served.folder, "shown");
      await copyHello(folder);
      expect((await served.run(["install", folder, "-y"])).code).toBe(0);
      await isListed("shown", true);
      expect((await served.run(["rm", "shown"])).code).toBe(0);
      await isListed("shown", false);
    },
    patienceMs,
  );

  it(
    "installs from a folder's path after saying what it will be able to do, and removes",
    async () => {
      const { served, dashboard } = workplace;
      const problems = collectProblems(dashboard.page);
      const folder = join(served.folder, "chosen");
      await copyHello(folder);
      const { page } = dashboard;
      await page.locator("::-p-text(Install)").click();
      await page.locator("dialog input").fill(folder);
      await page.keyboard.press("Enter");
      await dashboard.says("dialog", "node backend/server.js");
      await page.locator("dialog button.primary").click();
      const frame = await dashboard.frame();
      await waitForText(frame, "#greeting", "Hello from the backend");
      const listed = JSON.parse((await served.run(["ls", "--json"])).stdout) as { id: string }[];
      expect(listed.map(({ id }) => id)).toEqual(["chosen"]);
      await page.locator("header ::-p-text(Remove)").click();
      await dashboard.says("dialog", "chosen, from a folder");
      await page.locator("dialog button[type=submit], dialog .danger").click();
      await isListed("chosen", false);
      expect(JSON.parse((await served.run(["ls", "--json"])).stdout)).toEqual([]);
      expect(problems).toEqual([]);
    },
    patienceMs,
  );

  it(
    "says honestly that a backend is down, why, and what it last said; and opens the page when it is back",
    async () => {
      const { served, dashboard } = workplace;
      const folder = join(served.folder, "broken");
      await copyHello(folder);
      expect((await served.run(["install", folder, "-y"])).code).toBe(0);
      const details = JSON.parse((await served.run(["inspect", "broken", "--json"])).stdout) as { folder: string };
      const server = join(details.folder, "root/backend/server.js");
      await writeFile(server, 'console.error("no sail today"); process.exit(3);\n');
      await served.run(["request", "broken", "GET", "/crash"]);
      await isListed("broken", true);
      await dashboard.page.locator('nav a[href="#/extensions/broken"]').click();
      await dashboard.says("main", "no sail today");
      await dashboard.says("main", "Try again");
      expect(await dashboard.page.$("iframe")).toBeNull();
      await copyHello(join(details.folder, "root"));
      await dashboard.page.locator("main button.primary").click();
      await waitForText(await dashboard.frame(), "#greeting", "Hello from the backend");
    },
    patienceMs,
  );
});
