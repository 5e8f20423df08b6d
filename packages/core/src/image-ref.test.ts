import { describe, expect, test } from "vitest";
import { formatImageRef, parseImageRef, repositoryOf } from "./image-ref.ts";

const digest = `sha256:${"0a".repeat(32)}`;

describe("parseImageRef", () => {
  test.each([
    ["nginx", { registry: "docker.io", repository: "library/nginx", familiarName: "nginx" }],
    ["nginx:1.27", { repository: "library/nginx", familiarName: "nginx", tag: "1.27" }],
    ["library/nginx", { repository: "library/nginx", familiarName: "nginx" }],
    [
      "docker.io/library/nginx:1",
      { registry: "docker.io", repository: "library/nginx", familiarName: "nginx", tag: "1" },
    ],
    ["index.docker.io/me/app", { registry: "docker.io", repository: "me/app", familiarName: "me/app" }],
    ["me/app", { registry: "docker.io", repository: "me/app", familiarName: "me/app" }],
    ["library/a/b", { registry: "docker.io", repository: "library/a/b", familiarName: "library/a/b" }],
    [
      "ghcr.io/me/app:v1.0_x-y",
      { registry: "ghcr.io", repository: "me/app", familiarName: "ghcr.io/me/app", tag: "v1.0_x-y" },
    ],
    ["localhost/app", { registry: "localhost", repository: "app", familiarName: "localhost/app" }],
    [
      "localhost:5000/ns/name:1.0",
      { registry: "localhost:5000", repository: "ns/name", familiarName: "localhost:5000/ns/name", tag: "1.0" },
    ],
    ["[::1]:5000/app", { registry: "[::1]:5000", repository: "app", familiarName: "[::1]:5000/app" }],
    ["Registry.Example.com/app", { registry: "Registry.Example.com", repository: "app" }],
    [`me/app@${digest}`, { familiarName: "me/app", digest }],
    [`me/app:1@${digest}`, { familiarName: "me/app", tag: "1", digest }],
    ["me/a.b_c__d-e---f", { repository: "me/a.b_c__d-e---f" }],
    ["localhost:5000", { registry: "docker.io", familiarName: "localhost", tag: "5000" }],
  ])("reads %s", (text, expected) => {
    expect(parseImageRef(text)).toMatchObject(expected);
  });

  test("leaves tag and digest out where the text names none", () => {
    expect(Object.keys(parseImageRef("me/app"))).toEqual(["registry", "repository", "familiarName"]);
  });

  test.each([
    "",
    " ",
    "-v",
    "--privileged",
    "-nginx",
    "nginx ",
    " nginx",
    "a b",
    "nginx\n",
    "nginx\n--privileged",
    "a\tb",
    "a\0b",
    "Nginx",
    "me/App",
    "a/B:1",
    "Foo/bar",
    "nginx:",
    "nginx:-x",
    "nginx:.x",
    `nginx:${"x".repeat(129)}`,
    "nginx@",
    "nginx@sha256:12",
    "nginx@md5:00",
    `a@${digest}@${digest}`,
    "/a",
    "a/",
    "a//b",
    "a/../b",
    "a/./b",
    "..",
    ".a",
    "a.",
    "a..b",
    "a___b",
    "_a",
    "a_",
    "http://x/y",
    "oci://x/y",
    "a:b:c",
    "x:99999999/a",
    "[::1/a",
    "${DESKTOP_PLUGIN_IMAGE}",
    "$(id)",
    "`id`",
    "a;b",
    "é/x",
    "a".repeat(256),
    "0a".repeat(32),
    "-x.io/a",
    "localhost:5000/",
    "a.b_c/x",
  ])("M23 refuses %j", (text) => {
    expect(() => parseImageRef(text)).toThrow(expect.objectContaining({ code: "REFERENCE_INVALID" }));
  });

  test("says that upper case is the trouble", () => {
    expect(() => parseImageRef("me/App")).toThrow("a repository is written in lower case");
  });
});

describe("formatImageRef", () => {
  const registries = ["", "docker.io/", "ghcr.io/", "localhost:5000/", "[::1]:80/", "a-b.example.com/"];
  const repositories = ["app", "me/app", "a/b/c", "library/app", "a.b/c__d", "x-y--z/0"];
  const endings = ["", ":1", ":v1.0-rc_2", `@${digest}`, `:latest@${digest}`];
  const all = registries.flatMap((registry) =>
    repositories.flatMap((name) => endings.map((ending) => registry + name + ending)),
  );

  test("gives the short form, which reads back as the same reference", () => {
    for (const text of all) {
      const reference = parseImageRef(text);
      const short = formatImageRef(reference);
      expect({ text, read: parseImageRef(short) }).toEqual({ text, read: reference });
      expect(formatImageRef(parseImageRef(short))).toBe(short);
      expect(short.startsWith("-")).toBe(false);
    }
  });

  test("keeps the repository across tags and digests", () => {
    for (const text of all)
      expect({ text, name: repositoryOf(text) }).toEqual({ text, name: parseImageRef(text).familiarName });
    expect(repositoryOf(`docker.io/me/app:1@${digest}`)).toBe("me/app");
  });
});
