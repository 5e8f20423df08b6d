import { describe, expect, it } from "vitest";
import { readToast } from "./read-toast.ts";

const toast = (text: unknown): unknown => ({ type: "toast", level: "warning", text });

describe("the toast of a page", () => {
  it("is its level and its text, and nothing else of the message", () => {
    expect(readToast({ type: "toast", level: "error", text: "no", html: "<b>" })).toEqual({
      level: "error",
      text: "no",
    });
  });

  it("is cut to five hundred characters and never in the middle of one", () => {
    expect(readToast(toast("x".repeat(501)))?.text).toBe("x".repeat(500));
    expect(readToast(toast(`${"x".repeat(499)}😀`))?.text).toBe("x".repeat(499));
  });

  it("keeps its lines, and loses what would hide or reorder them", () => {
    expect(readToast(toast("one\r\ntwo\u202e\u0007"))?.text).toBe("one\ntwo");
  });

  it.each(["", "   ", "\u202e", 1, null, ["x"], undefined])("is not shown for the text %j", (text) => {
    expect(readToast(toast(text))).toBeUndefined();
  });

  it.each(["constructor", "Error", "info", null, 0])("has no level %j", (level) => {
    expect(readToast({ type: "toast", level, text: "x" })).toBeUndefined();
  });
});
