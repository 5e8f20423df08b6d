import { describe, expect, it } from "vitest";
import { createTheme } from "./create-theme.ts";

function setUp(kept: string | null) {
  const applied: string[] = [];
  const written: string[] = [];
  const storage = { getItem: () => kept, setItem: (_: string, value: string) => void written.push(value) };
  return { applied, written, theme: createTheme({ storage, apply: (theme) => applied.push(theme) }) };
}

describe("the theme", () => {
  it.each([
    [null, "system"],
    ["dark", "dark"],
    ["sepia", "system"],
  ])("that was kept as %j is %s, and is applied at once", (kept, theme) => {
    const { applied, theme: cell } = setUp(kept);
    expect(cell.value()).toBe(theme);
    expect(applied).toEqual([theme]);
  });

  it("is applied and kept when it is chosen", () => {
    const { applied, written, theme } = setUp(null);
    theme.set("dark");
    expect(applied).toEqual(["system", "dark"]);
    expect(written).toEqual(["dark"]);
  });

  it("works where the browser keeps nothing", () => {
    const refuse = (): never => {
      throw new DOMException("denied", "SecurityError");
    };
    const theme = createTheme({ storage: { getItem: refuse, setItem: refuse }, apply: () => undefined });
    theme.set("light");
    expect(theme.value()).toBe("light");
  });
});
