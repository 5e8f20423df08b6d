import { describe, expect, test } from "vitest";
import type { DockerConfig } from "./docker-config.ts";
import { findCredentials } from "./find-credentials.ts";
import type { RunHelper } from "./registry-options.ts";

const hub = "https://index.docker.io/v1/";
const me = { auth: Buffer.from("me:se:cret").toString("base64") };

const find = async (account: string, config: Partial<DockerConfig>, runHelper?: RunHelper): Promise<unknown> =>
  findCredentials(account, {
    config: { auths: {}, credentialHelpers: {}, credentialsStore: undefined, ...config },
    runHelper,
  });

describe("the configuration's own file", () => {
  test.each([hub, "index.docker.io", "docker.io", "https://registry-1.docker.io"])(
    "knows Docker Hub as %s",
    async (key) => {
      expect(await find(hub, { auths: { [key]: me } })).toEqual({
        from: "config",
        username: "me",
        password: "se:cret",
      });
    },
  );

  test("knows a registry by host and port, with or without a scheme, and by nothing less", async () => {
    const auths = { "https://a.example:5000/v2/": me, "b.example": me };
    expect(await find("a.example:5000", { auths })).toMatchObject({ username: "me" });
    for (const other of ["a.example", "b.example:5000", "example", "x.b.example", "constructor"])
      expect(await find(other, { auths })).toEqual({ from: "none" });
  });

  test.each([
    [
      { identitytoken: "it", auth: "" },
      { from: "config", identityToken: "it" },
    ],
    [{ registrytoken: "rt" }, { from: "config", registryToken: "rt" }],
    [
      { username: "u", password: "p" },
      { from: "config", username: "u", password: "p" },
    ],
    [{ auth: "bm8gY29sb24=" }, { from: "none" }],
    [{}, { from: "none" }],
    ["text", { from: "none" }],
  ])("reads the entry %j", async (entry, credentials) => {
    expect(await find("a.example", { auths: { "a.example": entry } })).toEqual(credentials);
  });
});

describe("a helper", () => {
  const answer =
    (username: string, asked: string[] = []): RunHelper =>
    async (name, input) => {
      asked.push(`${name} ${input}`);
      return { exitCode: 0, stdout: JSON.stringify({ ServerURL: input, Username: username, Secret: "s" }) };
    };

  test("of the registry goes before the store of all, which goes before the file", async () => {
    const asked: string[] = [];
    const config = { auths: { "a.example": me }, credentialsStore: "all", credentialHelpers: { "b.example": "one" } };
    expect(await find("b.example", config, answer("u", asked))).toEqual({
      from: "helper",
      username: "u",
      password: "s",
    });
    expect(await find("a.example", config, answer("u", asked))).toMatchObject({ from: "helper" });
    expect(await find(hub, config, answer("<token>", asked))).toEqual({ from: "helper", identityToken: "s" });
    expect(asked).toEqual(["one b.example", "all a.example", `all ${hub}`]);
  });

  test("that knows nothing or cannot be run leaves it to the file", async () => {
    const config = { auths: { "a.example": me }, credentialsStore: "all" };
    const knowsNothing: RunHelper = async () => ({ exitCode: 1, stdout: "credentials not found in native keychain" });
    expect(await find("a.example", config, knowsNothing)).toMatchObject({ from: "config" });
    expect(await find("a.example", config)).toMatchObject({ from: "config" });
  });

  test("whose name is a path is not run", async () => {
    await expect(find("a.example", { credentialsStore: "../x" }, answer("u"))).rejects.toMatchObject({
      code: "MESSAGE_MALFORMED",
    });
  });

  test.each(["secret", '"secret"', '{"Username":"secret"}'])(
    "whose answer is %s is not repeated in the error",
    async (stdout) => {
      const failure = await find("a.example", { credentialsStore: "x" }, async () => ({ exitCode: 0, stdout })).catch(
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: "MESSAGE_MALFORMED" });
      expect(String(failure)).not.toContain("secret");
    },
  );
});
