import { describe, expect, test } from "vitest";
import { normaliseReference, registryEndpoints } from "./registry-endpoints.ts";

describe("a reference", () => {
  test.each(["nginx", "docker.io/nginx", "index.docker.io/library/nginx", "registry-1.docker.io/library/nginx"])(
    "%s names Docker Hub's library",
    (text) => {
      expect(normaliseReference(`${text}:1`)).toMatchObject({
        registry: "docker.io",
        repository: "library/nginx",
        familiarName: "nginx",
        tag: "1",
      });
    },
  );
});

describe("the endpoints of a registry", () => {
  const originsOf = (registry: string, insecureRegistries: string[] = []): unknown =>
    registryEndpoints(registry, { insecureRegistries }).map(({ origins }) => origins);

  test("Docker Hub is asked at its registry's host, with the credentials of a plain docker login", () => {
    expect(registryEndpoints("docker.io", {})).toEqual([
      { name: "docker.io", account: "https://index.docker.io/v1/", origins: ["https://registry-1.docker.io"] },
    ]);
  });

  test.each(["localhost", "localhost:5000", "127.0.0.1:5000", "127.9.9.9", "[::1]:5000"])(
    "loopback, %s, may do without TLS",
    (host) => {
      expect(originsOf(host)).toEqual([[`https://${host}`, `http://${host}`]]);
    },
  );

  test.each(["127.0.0.1.example.org", "localhost.example.org", "10.0.0.1:5000", "example.org", "[::2]:5000"])(
    "%s may not, unless it is listed",
    (host) => {
      expect(originsOf(host)).toEqual([[`https://${host}`]]);
      expect(originsOf(host, [`${host}x`])).toEqual([[`https://${host}`]]);
      expect(originsOf(host, [host])).toEqual([[`https://${host}`, `http://${host}`]]);
    },
  );

  test("mirrors come first, in order, and only those of this registry", () => {
    const mirrors = {
      "docker.io": ["https://one.example/", "localhost:5001", "http://127.0.0.1:5002"],
      "b.example": ["c.example"],
    };
    expect(registryEndpoints("docker.io", { mirrors }).map(({ name, origins }) => [name, ...origins])).toEqual([
      ["one.example", "https://one.example"],
      ["localhost:5001", "https://localhost:5001", "http://localhost:5001"],
      ["127.0.0.1:5002", "http://127.0.0.1:5002"],
      ["docker.io", "https://registry-1.docker.io"],
    ]);
    expect(registryEndpoints("constructor", { mirrors })).toHaveLength(1);
  });

  test.each([
    "http://one.example",
    "ftp://one.example",
    "me:secret@one.example",
    "one.example/path",
    "one.example?x",
    "",
  ])("the mirror %j is refused without its text", (mirror) => {
    const act = (): unknown => registryEndpoints("docker.io", { mirrors: { "docker.io": [mirror] } });
    expect(act).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    expect(act).not.toThrow(/secret/u);
  });
});
