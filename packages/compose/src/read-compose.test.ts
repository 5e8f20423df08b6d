import { describe, expect, test } from "vitest";
import { readCompose } from "./read-compose.ts";

const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]", "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]"];

describe("a malformed compose file is refused, with its place", () => {
  test.each([
    ["nothing", "", "not a list of keys and values"],
    ["a list", "- a", "1:1: not a list of keys and values"],
    ["no services", "version: '3'", "names no services"],
    ["services that are a list", "services:\n  - a", "2:3: names no services"],
    ["a service without content", "services:\n  a:\n", "2:3: services.a: not a list of keys and values"],
    ["the name of a service", "services:\n  a b: {}\n", "2:3: services.a b: not the name of a service"],
    ["a key that occurs twice", "services:\n  a: {}\n  a: {}", '3:3: the key "a" occurs twice'],
    ["__proto__", "services:\n  __proto__: {}", '2:3: the key "__proto__" is not allowed'],
    ["a tag", "services: !include x", "1:11: Unresolved tag: !include"],
    ["two documents", "services: {a: {}}\n---\nb: 1", "2:1: Source contains multiple documents"],
    ["a tab", "services:\n\ta: b", "2:1: Tabs are not allowed as indentation"],
    ["an unknown alias", "services: {a: *b}", "Unresolved alias (the anchor must be set before the alias): b"],
    ["a key that is a list", "services: {[a]: b}", "1:12: a key that is not plain"],
  ])("%s", (...[, text, message]) => {
    expect(() => readCompose(text)).toThrow(
      expect.objectContaining({ code: "COMPOSE_INVALID", message: `read compose file: ${message}` }),
    );
  });

  test.each([
    ["{command: node}", "services.a.x-local.command: a text where a list of texts belongs"],
    ["{command: [node, 1]}", "services.a.x-local.command: a number where a text belongs"],
    ["{comand: [node]}", 'services.a.x-local: unknown key "comand"'],
    ["[node]", "services.a.x-local: a list where an object belongs"],
  ])("an x-local that is %s", (local, why) => {
    expect(() => readCompose(`services:\n  a:\n    x-local: ${local}\n`)).toThrow(
      expect.objectContaining({
        code: "COMPOSE_INVALID",
        message: `read compose file: 2:3: ${why}`,
        details: expect.objectContaining({ line: 2, column: 3 }),
      }),
    );
  });
});

describe("a compose file made to exhaust its reader is refused soon", () => {
  test.each([
    ["too large", `# ${"x".repeat(1024 * 1024)}`, "larger than 1048576 bytes"],
    ["brackets", `a: ${"[".repeat(500_000)}`, "nested deeper than 64"],
    ["dashes", "- ".repeat(500_000), "nested deeper than 64"],
    ["question marks", "? ".repeat(500_000), "a key that is not plain"],
    ["indentation", Array.from({ length: 1300 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), "nested too deep"],
    ["entries", `a: [${"x,".repeat(500_000)}]`, "too many entries"],
    ["aliases", `a: &a x\nb: [${"*a,".repeat(600)}]`, "more than 500 aliases"],
    ["aliases of aliases", `${bomb.join("\n")}\nservices: {a: [*c,*c,*c]}`, "its aliases expand to too much"],
  ])("%s", (...[, text, why]) => {
    const before = performance.now();
    expect(() => readCompose(text)).toThrow(why);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  test("but brackets in texts are only text", () => {
    const text = `services:\n  a:\n    command: |\n${"      [[ {\n".repeat(200)}`;
    expect(readCompose(text).services).toEqual([{ name: "a", off: false }]);
  });
});
