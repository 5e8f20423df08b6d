import { BowspritError } from "@bowsprit/core";
import { describe, expect, test } from "vitest";
import { quoteCmdArgument } from "./quote-cmd-argument.ts";

describe("quoteCmdArgument", () => {
  test.each([
    ["plain", '"plain"'],
    ["", '""'],
    ["two words", '"two words"'],
    ["a&b|c<d>e^f!g(h)", '"a&b|c<d>e^f!g(h)"'],
    ["C:\\folder\\", '"C:\\folder\\\\"'],
    ["C:\\a\\b", '"C:\\a\\b"'],
    ["naïve ☃", '"naïve ☃"'],
  ])("puts %j in quotes that cmd.exe cannot leave", (text, quoted) => {
    expect(quoteCmdArgument(text)).toBe(quoted);
  });

  test.each(['a"b', '" & calc & "', "%PATH%", "100%", "a\nb", "a\rb", "a\0b"])("refuses %j", (text) => {
    expect(() => quoteCmdArgument(text)).toThrow(BowspritError);
  });
});
