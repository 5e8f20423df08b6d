import type { TestBrowser } from "@tooling/browsers";

type Page = Awaited<ReturnType<TestBrowser["newPage"]>>;
export type Frame = ReturnType<Page["mainFrame"]>;

/**
 * The dashboard in a tab, as a person uses it. What it offers works in both browsers. Two of Puppeteer's ways do not in Firefox 140, so a
 * suite for both leaves them out: `waitForFunction` and locators make functions of text, which the dashboard's policy forbids; and a click
 * on an element of a frame asks for the frame's place in a form that this version does not know.
 */
export interface DashboardPage {
  readonly page: Page;
  /** Opens an extension by its entry in the list and answers with the frame of its page. */
  open(id: string): Promise<Frame>;
  /** The frame of the extension's page that is shown now. */
  frame(): Promise<Frame>;
  /** Clicks an element of the extension's page, with the mouse. */
  click(selector: string): Promise<void>;
  /** What the toasts say now. */
  toasts(): Promise<string>;
  /** Waits until a part of the dashboard says something. */
  says(selector: string, text: string): Promise<void>;
}

/** Opens an address of the dashboard in a new tab. */
export async function openDashboard(browser: TestBrowser, address: string): Promise<DashboardPage> {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForSelector("nav, main h1");
  const frame = async (): Promise<Frame> => {
    const element = await page.waitForSelector("iframe");
    const shown = await element?.contentFrame();
    if (shown === null || shown === undefined) throw new Error("the frame has no document");
    await shown.waitForSelector("body > *");
    return shown;
  };
  return {
    page,
    frame,
    async open(id) {
      const entry = await page.waitForSelector(`nav a[href="#/extensions/${id}"]`);
      await entry?.click();
      return frame();
    },
    async click(selector) {
      const shown = await frame();
      await shown.waitForSelector(selector);
      const inside = await shown.$eval(selector, (element) => {
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      });
      const corner = await page.$eval("iframe", (element) => element.getBoundingClientRect().toJSON() as DOMRect);
      await page.mouse.click(corner.x + inside.x, corner.y + inside.y);
    },
    toasts: () => page.$$eval('[class*="toast"]', (toasts) => toasts.map(({ textContent }) => textContent).join("\n")),
    async says(selector, text) {
      await waitForText(page.mainFrame(), selector, text);
    },
  };
}

/** Waits until an element of a frame holds a text. */
export async function waitForText(frame: Frame, selector: string, text: string): Promise<void> {
  await frame.evaluate(
    async (query, wanted) => {
      while (document.querySelector(query)?.textContent?.includes(wanted) !== true)
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
    },
    selector,
    text,
  );
}
