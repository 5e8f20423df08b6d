import { describe, expect, test } from "vitest";
import { hostEnvironment } from "./host-environment.ts";

describe("hostEnvironment", () => {
  test("passes on what programs need to know of the user, the system and the engine", () => {
    const source = {
      PATH: "/bin",
      HOME: "/h",
      LC_ALL: "C",
      XDG_RUNTIME_DIR: "/run/u",
      DOCKER_HOST: "unix:///d",
      https_proxy: "p",
    };
    expect(hostEnvironment(source)).toEqual(source);
  });

  test.each(
    `NODE_OPTIONS NODE_EXTRA_CA_CERTS LD_PRELOAD LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES BASH_ENV ENV IFS PYTHONPATH
     npm_config_registry npm_lifecycle_event GIT_SSH_COMMAND COMPOSE_FILE AWS_SECRET_ACCESS_KEY XDG_x BOWSPRIT_HOME __proto__`.split(
      /\s+/u,
    ),
  )("does not pass on %j", (name) => {
    expect(hostEnvironment({ ...Object.fromEntries([[name, "x"]]), HOME: "/h" })).toEqual({ HOME: "/h" });
  });

  test("gives the names of Windows, in any case, their usual spelling", () => {
    expect(hostEnvironment({ Path: "C:\\bin", SYSTEMROOT: "C:\\Windows", temp: "C:\\T" })).toEqual({
      PATH: "C:\\bin",
      SystemRoot: "C:\\Windows",
      TEMP: "C:\\T",
    });
  });

  test("leaves out what is undefined, and lets the additions win", () => {
    expect(hostEnvironment({ PATH: "/bin", HOME: undefined }, { PATH: "/own", NODE_OPTIONS: "--x" })).toEqual({
      PATH: "/own",
      NODE_OPTIONS: "--x",
    });
  });
});
