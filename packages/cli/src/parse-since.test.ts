import { expect, it } from "vitest";
import { parseSince } from "./parse-since.ts";

const now = new Date("2026-11-23T12:00:00Z");

it.each([
  ["90s", "2026-11-23T11:58:30.000Z"],
  ["1h30m", "2026-11-23T10:30:00.000Z"],
  ["2d", "2026-11-21T12:00:00.000Z"],
  ["1700000000", "2023-11-14T22:13:20.000Z"],
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
])("reads %s", (text, moment) => {
  expect(parseSince(text, now).toISOString()).toBe(moment);
});

it.each(["", "soon", "10 minutes", "-5m", "99999999999999999", "99999999999999999d", `${"9".repeat(400)}s`])(
  "refuses %j with a hint",
  (text) => {
    expect(() => parseSince(text, now)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", hint: expect.stringContaining("10m") }),
    );
  },
);
