import { expect, test, vi } from "vitest";
import { openLinks } from "./open-links.ts";

const link = {
  localName: "a",
  href: "https://example.com/x",
  origin: "https://example.com",
  protocol: "https:",
  target: "",
  download: "",
};

/** Clicks on something within a link of a page, and says where it led. */
function click(changed: object, event: object = {}): { readonly opened: unknown[]; readonly prevented: boolean } {
  let listener: ((event: MouseEvent) => void) | undefined;
  const opened: unknown[] = [];
  openLinks({
    location: { origin: "http://page.localhost" },
    addEventListener: (_, taken) => void (listener = taken),
    open: (...given) => void opened.push(given),
  });
  const preventDefault = vi.fn();
  const path = [{ localName: "b" }, { ...link, ...changed }, {}];
  listener?.({ button: 0, preventDefault, composedPath: () => path, ...event } as unknown as MouseEvent);
  return { opened, prevented: preventDefault.mock.calls.length > 0 };
}

test.each([{}, { target: "_top" }, { protocol: "http:", origin: "http://other" }])(
  "a link to another origin opens in a tab of its own: %j",
  (changed) => {
    expect(click(changed)).toEqual({
      opened: [["https://example.com/x", "_blank", "noopener,noreferrer"]],
      prevented: true,
    });
  },
);

test.each([
  [{ origin: "http://page.localhost", protocol: "http:" }, {}],
  [{ target: "_blank" }, {}],
  [{ target: "inner" }, {}],
  [{ download: "x" }, {}],
  [{ protocol: "mailto:", origin: "null" }, {}],
  [{ href: "" }, {}],
  [{ localName: "button" }, {}],
  [{}, { defaultPrevented: true }],
  [{}, { button: 1 }],
  [{}, { ctrlKey: true }],
])("what leads elsewhere by itself is left alone: %j %j", (changed, event) => {
  expect(click(changed, event)).toEqual({ opened: [], prevented: false });
});
