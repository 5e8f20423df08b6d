import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ShowToast } from "../src/connect-dashboard.ts";
import { createOwnToasts } from "../src/create-own-toasts.ts";

/** As much of an element as a toast needs. What would read markup, or write a style into the page, is not there. */
class StandInElement extends EventTarget {
  readonly tag: string;
  readonly children: StandInElement[] = [];
  readonly attributes: Record<string, string> = {};
  className = "";
  textContent = "";
  mode: string | undefined;
  adoptedStyleSheets: readonly unknown[] = [];
  host: StandInElement | undefined;
  parent: StandInElement | undefined;

  constructor(tag: string) {
    super();
    this.tag = tag;
  }

  get isConnected(): boolean {
    return this.parent !== undefined;
  }

  get childElementCount(): number {
    return this.children.length;
  }

  get firstElementChild(): StandInElement | undefined {
    return this.children[0];
  }

  append(child: StandInElement): void {
    child.parent = this;
    this.children.push(child);
  }

  remove(): void {
    const siblings = this.parent?.children ?? [];
    if (siblings.includes(this)) siblings.splice(siblings.indexOf(this), 1);
    this.parent = undefined;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  attachShadow({ mode }: { readonly mode: string }): StandInElement {
    shelf = new StandInElement("#shadow");
    shelf.host = this;
    shelf.mode = mode;
    return shelf;
  }
}

let shelf: StandInElement | undefined;
let root: StandInElement;
let show: ShowToast;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      css = "";
      replaceSync(css: string): void {
        this.css = css;
      }
    },
  );
  shelf = undefined;
  root = new StandInElement("html");
  const document = { documentElement: root, createElement: (tag: string) => new StandInElement(tag) };
  show = createOwnToasts(document as unknown as Document);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const texts = (): readonly string[] => shelf?.children.map(({ textContent }) => textContent) ?? [];

it("adds nothing to a page before its first toast", () => {
  expect(root.children).toEqual([]);
});

it("shows a toast as text, in a closed shadow tree with a constructed style", () => {
  show("success", "<b>done</b>");
  expect(root.children.map(({ tag }) => tag)).toEqual(["bowsprit-toasts"]);
  expect(shelf).toMatchObject({ mode: "closed", host: root.children[0] });
  expect(shelf?.adoptedStyleSheets).toEqual([{ css: expect.stringContaining("prefers-color-scheme: dark") }]);
  expect(shelf?.children).toMatchObject([{ className: "success", textContent: "<b>done</b>", children: [] }]);
});

it.each([
  ["success", "status"],
  ["warning", "alert"],
  ["error", "alert"],
] as const)("announces %s as %s", (level, role) => {
  show(level, "text");
  expect(shelf?.children).toMatchObject([{ className: level, attributes: { role } }]);
});

it("takes each toast away after five seconds", () => {
  show("success", "one");
  vi.advanceTimersByTime(3000);
  show("error", "two");
  vi.advanceTimersByTime(1999);
  expect(texts()).toEqual(["one", "two"]);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(["two"]);
  vi.advanceTimersByTime(3000);
  expect(texts()).toEqual([]);
});

it("takes a toast away at a click", () => {
  show("success", "one");
  show("success", "two");
  shelf?.children[0]?.dispatchEvent(new Event("click"));
  expect(texts()).toEqual(["two"]);
});

it("shows the last five at a time", () => {
  for (let count = 1; count <= 7; count += 1) show("warning", String(count));
  expect(texts()).toEqual(["3", "4", "5", "6", "7"]);
});

it("stays where it is for one toast after the other", () => {
  show("success", "one");
  show("success", "two");
  expect(root.children).toHaveLength(1);
  expect(texts()).toEqual(["one", "two"]);
});

it("comes back when the page has thrown its place away", () => {
  show("success", "one");
  root.children[0]?.remove();
  show("success", "two");
  expect(root.children).toHaveLength(1);
  expect(texts()).toEqual(["one", "two"]);
});
