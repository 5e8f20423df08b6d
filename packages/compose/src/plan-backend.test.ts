import { describe, expect, test } from "vitest";
import { planBackend } from "./plan-backend.ts";
import { servicesWithoutCommand } from "./services-without-command.ts";

const base = { id: "me_x", title: "X", folder: "/x", socket: "/s/x.sock" };
const compose = (composeText: string) => planBackend({ ...base, vm: { composefile: "c.yaml" }, composeText });

describe("a backend of one image", () => {
  test("is one service called service, with the command of its x-local", () => {
    const local = { command: ["node", "server.js"], env: { LEVEL: "info" } } as const;
    expect(planBackend({ ...base, vm: { image: "a/b", local } })).toEqual({
      plan: {
        project: "me_x-desktop-extension",
        title: "X",
        services: [
          {
            name: "service",
            command: ["node", "server.js"],
            env: { LEVEL: "info", BOWSPRIT_SOCKET: "/s/x.sock" },
            cwd: "/x",
          },
        ],
      },
      warnings: [],
    });
  });

  test("needs an engine without x-local, and an x-local alone needs none", () => {
    expect(servicesWithoutCommand(planBackend({ ...base, vm: { image: "a/b" } }).plan)).toEqual(["service"]);
    const local = { command: ["x"], env: {} } as const;
    expect(servicesWithoutCommand(planBackend({ ...base, vm: { local } }).plan)).toEqual([]);
  });

  test("has no socket when the metadata names none", () => {
    const { plan } = planBackend({ id: "x", title: "X", folder: "/x", vm: { image: "a/b" } });
    expect(plan.services[0]?.env).toEqual({});
  });
});

describe("a backend of a compose file", () => {
  test("keeps the order of its services, of names that are numbers, too", () => {
    const { plan } = compose("services:\n  web: {image: i}\n  2: {image: i}\n  1: {image: i}\n");
    expect(plan.services.map(({ name }) => name)).toEqual(["web", "2", "1"]);
    expect(servicesWithoutCommand(plan)).toEqual(["web", "2", "1"]);
  });

  test("reads x-local of each service, verbatim, also through anchors and merges", () => {
    const { plan } = compose(`
x-base: &base
  image: i
  x-local: &local
    command: [node, "\${X} $(y)", ""]
services:
  a:
    <<: *base
  b:
    image: i
    x-local:
      <<: *local
      env: {A: "1"}
`);
    expect(plan.services).toEqual([
      { name: "a", command: ["node", "${X} $(y)", ""], env: { BOWSPRIT_SOCKET: "/s/x.sock" }, cwd: "/x" },
      { name: "b", command: ["node", "${X} $(y)", ""], env: { A: "1", BOWSPRIT_SOCKET: "/s/x.sock" }, cwd: "/x" },
    ]);
  });

  test("leaves out services that their profiles switch off, and says so", () => {
    const { plan, warnings } = compose("services:\n  a: {image: i}\n  b: {image: i, profiles: [debug]}\n");
    expect(plan.services.map(({ name }) => name)).toEqual(["a"]);
    expect(warnings).toEqual(["services.b: not started, because it has profiles"]);
  });

  test("warns of an x-local where it has no meaning", () => {
    const local = { command: ["x"], env: {} } as const;
    const text = "x-local: {}\nservices: {a: {image: i}}";
    expect(planBackend({ ...base, vm: { composefile: "c", local }, composeText: text }).warnings).toEqual([
      "vm.x-local: ignored; it belongs into a service of the compose file",
      "x-local: ignored here; it belongs into a service",
    ]);
  });

  test("must be there", () => {
    expect(() => planBackend({ ...base, vm: { composefile: "c.yaml" } })).toThrow("c.yaml is missing");
  });
});
