import { describe, expect, it } from "vitest";
import { anExtension } from "../test/an-extension.ts";
import { readEvent } from "./read-event.ts";

describe("a frame of the event socket", () => {
  it("is read as the gateway wrote it", () => {
    const changed = { type: "changed", extension: anExtension("hello") };
    expect(readEvent(JSON.stringify(changed))).toEqual(changed);
    expect(readEvent('{"type":"removed","id":"hello"}')).toEqual({ type: "removed", id: "hello" });
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '"changed"',
    '{"type":"later"}',
    '{"type":"removed"}',
    '{"type":"removed","id":"../x"}',
    '{"type":"changed"}',
    '{"type":"changed","extension":null}',
    '{"type":"changed","extension":{"id":"hello"}}',
    '{"type":"changed","extension":{"id":"#","title":"x","services":[]}}',
    undefined,
    new ArrayBuffer(2),
  ])("is passed over when it is %j", (text) => {
    expect(readEvent(text)).toBeUndefined();
  });
});
