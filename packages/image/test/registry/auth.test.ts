import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import {
  account,
  type Certificate,
  makeCertificate,
  pushImage,
  startProxy,
  startRegistry,
  startTokenServer,
  type TestRegistry,
  type TokenServer,
  type TokenServerOptions,
  whyNoRegistry,
} from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RunHelper } from "../../src/registry/registry-options.ts";
import { blobsOf, openPlace, passwordEntry, type Place, randomImage, readBlobs } from "./place.ts";

const missing = await whyNoRegistry();
const image = randomImage();
let place: Place;
let certificate: Certificate;
beforeAll(async () => {
  if (missing !== undefined) return;
  place = await openPlace();
  certificate = await makeCertificate(place.folder);
  await pushImage(place.registry.host, "private/app:1", image);
});
afterAll(async () => place?.[Symbol.asyncDispose]());
beforeEach(({ skip }) => skip(missing !== undefined, missing));

const basic = Buffer.from(`${account.username}:${account.password}`).toString("base64");

/** Neither the message nor anything else of an error may hold what logs in. */
function expectNoSecrets(error: unknown): void {
  const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  for (const secret of [account.password, basic, "wrong-secret", "Bearer ey"]) expect(shown).not.toContain(secret);
}

describe("a registry with passwords", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    if (missing === undefined)
      registry = await startRegistry({ auth: { kind: "basic" }, storage: place.registry.storage });
  });
  afterAll(async () => registry?.[Symbol.asyncDispose]());

  test("gives its image to whoever has one in Docker's configuration", async () => {
    const dockerConfig = await place.config(registry.host);
    const { folder } = await place.download(`${registry.host}/private/app:1`, { dockerConfig });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
  });

  test("gives it to whoever has a helper for it, which is asked once", async () => {
    const asked: string[] = [];
    const runHelper: RunHelper = async (name, input) => {
      asked.push(`${name} ${input}`);
      return { exitCode: 0, stdout: JSON.stringify({ Username: account.username, Secret: account.password }) };
    };
    const dockerConfig = await place.config("other");
    await writeFile(`${dockerConfig}/config.json`, JSON.stringify({ credHelpers: { [registry.host]: "ship" } }));
    const { folder } = await place.download(`${registry.host}/private/app:1`, { dockerConfig, runHelper });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(asked).toEqual([`ship ${registry.host}`]);
  });

  test("refuses whoever has none, and is told how to log in", async () => {
    const error: unknown = await place.download(`${registry.host}/private/app:1`).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
      message: expect.stringMatching(/status 401 \(UNAUTHORIZED\), asked without credentials$/u),
      details: { registry: registry.host, credentials: "none" },
      hint: expect.stringContaining(`docker login ${registry.host}`),
    });
  });

  test("refuses a wrong one without repeating it", async () => {
    const dockerConfig = await place.config(registry.host, passwordEntry("wrong-secret"));
    const error: unknown = await place
      .download(`${registry.host}/private/app:1`, { dockerConfig })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "ENDPOINT_FORBIDDEN", details: { credentials: "config" } });
    expectNoSecrets(error);
  });

  test("never sees the password of another one", async () => {
    await using proxy = await startProxy({ target: registry.host });
    const dockerConfig = await place.config(registry.host);
    await expect(place.download(`${proxy.host}/private/app:1`, { dockerConfig })).rejects.toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
      details: { credentials: "none" },
    });
    expect(proxy.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  test.each(["{", "[]", `{"auths": ${account.password}}`])(
    "a broken configuration is an error that does not show it (%s)",
    async (text) => {
      const dockerConfig = await place.newFolder();
      await writeFile(`${dockerConfig}/config.json`, text);
      const error: unknown = await place
        .download(`${registry.host}/private/app:1`, { dockerConfig })
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "MESSAGE_MALFORMED",
        message: expect.stringContaining(`${dockerConfig}/config.json`),
      });
      expectNoSecrets(error);
    },
  );
});

describe("a registry with a token server", () => {
  interface Protected extends AsyncDisposable {
    readonly tokens: TokenServer;
    readonly host: string;
  }

  const open = async (options: Omit<TokenServerOptions, "certificate"> = {}): Promise<Protected> => {
    const tokens = await startTokenServer({ certificate, ...options });
    const auth = { kind: "token", realm: tokens.realm, certificatePath: certificate.path } as const;
    const registry = await startRegistry({ auth, storage: place.registry.storage });
    return {
      tokens,
      host: registry.host,
      async [Symbol.asyncDispose]() {
        await registry[Symbol.asyncDispose]();
        await tokens[Symbol.asyncDispose]();
      },
    };
  };

  test("gives a public image to whoever has no credentials, with one token for all of it", async () => {
    await using registry = await open({ isPublic: true });
    const { folder } = await place.download(`${registry.host}/private/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    const [first, ...more] = registry.tokens.requests;
    expect(first?.authorization).toBeUndefined();
    expect(Object.fromEntries(first?.parameters ?? [])).toEqual({
      service: "test-registry",
      scope: "repository:private/app:pull",
    });
    expect(more).toEqual([]);
  });

  test("gives a private one for a password, which the registry itself never sees", async () => {
    await using registry = await open();
    await using proxy = await startProxy({ target: registry.host });
    const dockerConfig = await place.config(proxy.host);
    const { folder } = await place.download(`${proxy.host}/private/app:1`, { dockerConfig });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(registry.tokens.requests.map(({ authorization }) => authorization)).toEqual([`Basic ${basic}`]);
    for (const { authorization } of proxy.requests) expect(authorization ?? "").not.toContain("Basic");
  });

  test("trades an identity token by a form, never in an address", async () => {
    await using registry = await open({ identityToken: "identity-secret" });
    const dockerConfig = await place.config(registry.host, { auth: "", identitytoken: "identity-secret" });
    const { folder } = await place.download(`${registry.host}/private/app:1`, { dockerConfig });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(registry.tokens.requests.map(({ method, parameters }) => [method, parameters.get("grant_type")])).toEqual([
      ["POST", "refresh_token"],
    ]);
  });

  test("is asked for another token when the first one has run out, once", async () => {
    await using registry = await open({ isPublic: true, expired: 1 });
    const { folder } = await place.download(`${registry.host}/private/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(registry.tokens.requests).toHaveLength(2);

    await using hopeless = await open({ isPublic: true, expired: Infinity });
    await expect(place.download(`${hopeless.host}/private/app:1`)).rejects.toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
    });
    expect(hopeless.tokens.requests).toHaveLength(2);
  });

  test("is asked for one token by requests that were refused together, also by the one that hears of it last", async () => {
    await using registry = await open({ isPublic: true });
    const { promise: renewed, resolve } = Promise.withResolvers<void>();
    const challenge = `Bearer realm="${registry.tokens.realm}",service="test-registry",error="invalid_token"`;
    const refusal = { answer: { status: 401, headers: { "www-authenticate": challenge } } };
    let first: string | undefined;
    let refused = 0;
    await using proxy = await startProxy({
      target: registry.host,
      tamper: ({ path, authorization }) => {
        if (!path.includes("/blobs/")) return undefined;
        first ??= authorization;
        if (authorization !== first) {
          resolve();
          return undefined;
        }
        refused += 1;
        return refused < 3 ? refusal : { ...refusal, after: renewed };
      },
    });
    const { folder } = await place.download(`${proxy.host}/private/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(refused).toBe(3);
    expect(registry.tokens.requests).toHaveLength(2);
  });

  test("gives a token that runs out between two requests anew, before it is used", async () => {
    await using registry = await open({ isPublic: true, expiresIn: 0.000_001 });
    await using proxy = await startProxy({ target: registry.host });
    const { folder } = await place.download(`${proxy.host}/private/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(registry.tokens.requests.length).toBeGreaterThan(1);
    expect(proxy.requests.filter(({ authorization }) => authorization === undefined)).toHaveLength(1);
  });

  test("that refuses the credentials leaves a way to log in, and nothing of the credentials", async () => {
    await using registry = await open();
    const dockerConfig = await place.config(registry.host, passwordEntry("wrong-secret"));
    const error: unknown = await place
      .download(`${registry.host}/private/app:1`, { dockerConfig })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "ENDPOINT_FORBIDDEN", details: { credentials: "config" } });
    expectNoSecrets(error);
  });

  test("without TLS is not asked by a registry with TLS", async () => {
    await using registry = await open({ isPublic: true });
    await using tls = await startProxy({ target: registry.host, certificate });
    const options = { certificates: certificate.certificate, dockerConfig: await place.config(tls.host) };
    await expect(place.download(`${tls.host}/private/app:1`, options)).rejects.toMatchObject({
      code: "MESSAGE_MALFORMED",
      message: expect.stringMatching(/token server that the registry names does not use TLS$/u),
    });
    expect(registry.tokens.requests).toEqual([]);
  });
});

test("a registry with TLS whose certificate is not trusted is refused, and one that is trusted serves", async () => {
  await using tls = await startProxy({ target: place.registry.host, certificate });
  await expect(place.download(`${tls.host}/private/app:1`)).rejects.toMatchObject({
    code: "ENDPOINT_UNREACHABLE",
    message: expect.stringMatching(/its certificate is not trusted$/u),
    hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
  });
  const { folder } = await place.download(`${tls.host}/private/app:1`, { certificates: certificate.certificate });
  expect(await readBlobs(folder)).toEqual(blobsOf(image));
});
