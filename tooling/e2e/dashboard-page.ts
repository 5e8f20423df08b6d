import type { TestBrowser } from "@tooling/browsers";

type Page = Awaited<ReturnType<TestBrowser["newPage"]>>;
export type Frame = ReturnType<Page["mainFrame"]>;

/** The dashboard in a tab, as a person uses it. */
export interface DashboardPage {
  readonly page: Page;
  /** Opens an extension by its entry in the list and answers with the frame of its page. */
  open(id: string): Promise<Frame>;
  /** The frame of the extension's page that is shown now. */
  frame(): Promise<Frame>;
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
      await page.locator(`nav a[href="#/extensions/${id}"]`).click();
      return frame();
    },
    toasts: () => page.$$eval('[class*="toast"]', (toasts) => toasts.map(({ textContent }) => textContent).join("\n")),
    async says(selector, text) {
      await waitForText(page.mainFrame(), selector, text);
    },
  };
}

/** Waits until an element of a frame holds a text. */
export async function waitForText(frame: Frame, selector: string, text: string): Promise<void> {
  await frame.waitForFunction(
    (query, wanted) => document.querySelector(query)?.textContent?.includes(wanted) === true,
    { polling: 50 },
    selector,
    text,
  );
}
