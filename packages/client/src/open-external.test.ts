import { expect, it, vi } from "vitest";
import { openExternal } from "./open-external.ts";

it.each([
  ["https://example.com/a?b#c", "https://example.com/a?b#c"],
  ["HTTP://example.com", "http://example.com/"],
])("opens %s in a tab that knows nothing of the page", (url, opened) => {
  const open = vi.fn();
  openExternal(url, open);
  expect(open.mock.calls).toEqual([[opened, "_blank", "noopener,noreferrer"]]);
});

it.each([
  "file:///etc/passwd",
  "javascript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "ftp://example.com",
  "vscode://x",
  "//example.com",
  "example.com",
  "/path",
  "",
  undefined,
])("does not open %j, and says what can be opened", (url) => {
  const open = vi.fn();
  expect(() => openExternal(url as string, open)).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT",
      message: expect.stringMatching(/only .*http:\/\/ or https:\/\//),
    }),
  );
  expect(open).not.toHaveBeenCalled();
});
