import { describe, expect, it } from "vitest";
import type { Command } from "./command.ts";
import { parseCommandArguments, parseProgramArguments } from "./parse-arguments.ts";

const plain: Command = {
  usage: "",
  options: { tail: { type: "string", short: "n" }, header: { type: "string", short: "H", multiple: true } },
  takes: [1, 2],
  run: async () => 0,
};
const verbatim: Command = { ...plain, takes: [2, Number.POSITIVE_INFINITY], verbatim: true };

describe("the program's arguments", () => {
  it("are cut at the command's name, whatever options stand before it", () => {
    const { command, before, rest } = parseProgramArguments(["--home", "ls", "--json", "rm", "--home", "x"]);
    expect(command).toBe("rm");
    expect(before.text("home")).toBe("ls");
    expect(before.flag("json")).toBe(true);
    expect(rest).toEqual(["--home", "x"]);
  });

  it("may hold no command at all", () => {
    const { command, before } = parseProgramArguments(["--version"]);
    expect(command).toBeUndefined();
    expect(before.flag("version")).toBe(true);
  });
});

describe("a command's arguments", () => {
  it("take options before, between and after the others, the last of two counting", () => {
    const given = parseCommandArguments(plain, ["-n", "1", "a", "-H", "x: 1", "b", "--tail=2", "--header", "y: 2"]);
    expect(given.positionals).toEqual(["a", "b"]);
    expect(given.text("tail")).toBe("2");
    expect(given.texts("header")).toEqual(["x: 1", "y: 2"]);
  });

  it("are left alone after the id where they belong to another program, but for one --", () => {
    expect(parseCommandArguments(verbatim, ["--json", "id", "tool", "-n", "--json", "--"]).positionals).toEqual([
      "id",
      "tool",
      "-n",
      "--json",
      "--",
    ]);
    expect(parseCommandArguments(verbatim, ["id", "--", "tool", "--", "x"]).positionals).toEqual([
      "id",
      "tool",
      "--",
      "x",
    ]);
  });

  it("are refused with a reason when one is unknown, missing or too many", () => {
    for (const argv of [["--nope", "a"], [], ["a", "b", "c"], ["a", "--tail"]]) {
      expect(() => parseCommandArguments(plain, argv), argv.join(" ")).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT" }),
      );
    }
  });
});
