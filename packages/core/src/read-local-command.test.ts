import { describe, expect, test } from "vitest";
import type { BowspritError } from "./bowsprit-error.ts";
import { readLocalCommand } from "./read-local-command.ts";

describe("readLocalCommand", () => {
  test("reads a command with its variables, and without them", () => {
    expect(readLocalCommand({ command: ["node", "", "a b"], env: { A_1: "", b: "=" } }, "vm.x-local")).toEqual({
      command: ["node", "", "a b"],
      env: { A_1: "", b: "=" },
    });
    expect(readLocalCommand({ command: ["node"] }, "vm.x-local")).toEqual({ command: ["node"], env: {} });
  });

  test.each([
    [null, "vm.x-local"],
    [["node"], "vm.x-local"],
    [{}, "vm.x-local.command"],
    [{ command: "node server.js" }, "vm.x-local.command"],
    [{ command: [] }, "vm.x-local.command"],
    [{ command: ["", "x"] }, "vm.x-local.command"],
    [{ command: [" "] }, "vm.x-local.command"],
    [{ command: ["node", 1] }, "vm.x-local.command"],
    [{ command: ["node", "a\0b"] }, "vm.x-local.command"],
    [{ command: Array.from({ length: 513 }, () => "x") }, "vm.x-local.command"],
    [{ command: ["node"], env: ["A=1"] }, "vm.x-local.env"],
    [{ command: ["node"], env: { PORT: 8080 } }, "vm.x-local.env.PORT"],
    [{ command: ["node"], env: { "A=B": "x" } }, "vm.x-local.env.A=B"],
    [{ command: ["node"], env: { A: "\0" } }, "vm.x-local.env.A"],
    [{ command: ["node"], env: JSON.parse('{"__proto__": "x"}') as unknown }, "vm.x-local.env.__proto__"],
    [{ command: ["node"], comand: [] }, "vm.x-local"],
  ])("refuses %j, naming %s", (value, path) => {
    expect(() => readLocalCommand(value, "vm.x-local")).toThrow(
      expect.objectContaining({
        code: "METADATA_INVALID",
        details: { path },
        hint: expect.stringContaining("x-local") as string,
      }),
    );
  });

  test("names the document and raises the code it was given", () => {
    const read = (): unknown =>
      readLocalCommand(1, "services.web.x-local", { what: "compose.yaml", code: "COMPOSE_INVALID" });
    expect(read).toThrow("read compose.yaml: services.web.x-local: a number where an object belongs");
    expect(read).toThrow(expect.objectContaining({ code: "COMPOSE_INVALID" }) as BowspritError);
  });
});
