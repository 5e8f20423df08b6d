import { browserNames, collectProblems, openBrowser } from "@tooling/browsers";
import { describe, expect, it } from "vitest";
import { openDashboard, waitForText } from "../dashboard-page.ts";
import { patienceMs, useWorkplace } from "../workplace.ts";

describe.each(browserNames)("the page of hello in %s", (name) => {
  const workplace = useWorkplace({ browser: name, hellos: ["hello"] });

  it(
    "every button does what it says, and the dashboard shows the page's toasts",
    async () => {
      const { dashboard } = workplace;
      const problems = collectProblems(dashboard.page);
      const frame = await dashboard.open("hello");
      await waitForText(frame, "#greeting", "Hello from the backend, a local process");
      for (const verb of ["get", "post", "put", "patch", "delete"]) {
        await dashboard.click(`[data-verb="${verb}"]:not([data-path])`);
        await waitForText(frame, "#answer", `"method": "${verb.toUpperCase()}"`);
        const sends = verb === "post" || verb === "put" || verb === "patch";
        expect(await frame.$eval("#answer", ({ textContent }) => textContent)).toContain(`"bytes": ${sends ? 4 : 0}`);
      }
      await dashboard.click('[data-verb="head"]');
      await waitForText(frame, "#answer", "(no body)");
      await dashboard.click("[data-path]");
      await waitForText(frame, "#answer", '418 {"status":418');
      await dashboard.says("body", "GET /status/418: 418");
      expect(problems.filter((problem) => !problem.includes("answered with 418"))).toEqual([]);
    },
    patienceMs,
  );

  it(
    "runs the executable, plain and streamed, with its arguments as they are",
    async () => {
      const { dashboard } = workplace;
      const frame = await dashboard.frame();
      for (const [button, end] of [
        ["#run", ""],
        ["#stream", "ended with 0\n"],
      ] as const) {
        await frame.$eval("#output", (screen) => (screen.textContent = ""));
        await dashboard.click(button);
        await waitForText(frame, "#output", `arg[4]=<0>\n${end}`);
        expect(await frame.$eval("#output", ({ textContent }) => textContent)).toContain("arg[2]=<$(never run)>\n");
      }
      await frame.$eval("#arguments", (field) => ((field as HTMLTextAreaElement).value = "--exit\n7"));
      await dashboard.click("#stream");
      await waitForText(frame, "#output", "ended with 7");
      await dashboard.click("#run");
      await dashboard.says("body", "The executable failed with 7");
    },
    patienceMs,
  );

  it(
    "keeps its notes over a reload and shows them in a second tab",
    async () => {
      const { dashboard, browser } = workplace;
      const frame = await dashboard.frame();
      await frame.type("#note-text", "keep me");
      await dashboard.click("#new-note button");
      await waitForText(frame, "#notes", "keep me");
      await dashboard.page.reload();
      await waitForText(await dashboard.frame(), "#notes", "keep me");
      const second = await openDashboard(browser, dashboard.page.url());
      await waitForText(await second.frame(), "#notes", "keep me");
      await second.click("#notes li button");
      await (await second.frame()).waitForSelector("#no-notes:not([hidden])");
      await second.page.reload();
      await waitForText(await second.frame(), "#greeting", "Hello from the backend");
      expect(await (await second.frame()).$$eval("#notes li", (items) => items.length)).toBe(0);
      await second.page.close();
    },
    patienceMs,
  );

  it(
    "a link signs in once: the same browser comes back with it, another is told how to get one",
    async () => {
      const { browser, served } = workplace;
      const again = await openDashboard(browser, served.link);
      await again.says("main", "installed");
      await again.page.close();
      await using stranger = await openBrowser(name);
      const page = await stranger.newPage();
      const answer = await page.goto(served.link);
      expect(answer?.status()).toBe(401);
      expect(await page.$eval("pre", ({ textContent }) => textContent)).toBe("bowsprit serve --status");
      expect(await page.$eval("body", (body) => getComputedStyle(body).display)).toBe("grid");
      const { stdout } = await served.run(["serve", "--status"]);
      const [, link = ""] = /^ready (http:\S+)$/mu.exec(stdout) ?? [];
      await (await openDashboard(stranger, link)).says("main", "installed");
    },
    patienceMs,
  );

  it(
    "Ctrl-C ends everything",
    async () => {
      const { code, afterMs } = await workplace.served.stop("SIGINT");
      expect([0, 130]).toContain(code);
      // Promised: two seconds, on a computer that does nothing else.
      expect(afterMs).toBeLessThan(4000);
    },
    patienceMs,
  );
});
