import { describe, expect, test } from "vitest";
import { extensionIdOfArgument } from "./extension-id-of-argument.ts";
import { isExtensionId, toExtensionId } from "./extension-id.ts";

describe("toExtensionId", () => {
  test.each([
    ["docker/volumes-backup-extension", "docker_volumes-backup-extension"],
    ["localhost:5000/ns/name", "localhost-5000_ns_name"],
    ["ghcr.io/Me/App", "ghcr-io_me_app"],
    ["My Extension", "my-extension"],
    ["a_b-c", "a_b-c"],
    ["x\u{1f600}y", "x-y"],
  ])("makes of %s the id %s", (name, id) => {
    expect(toExtensionId(name)).toBe(id);
  });

  test.each(["", "-x", "_x", "/x", "..", "é", "x".repeat(129)])("refuses %j", (name) => {
    expect(() => toExtensionId(name)).toThrow(expect.objectContaining({ code: "REFERENCE_INVALID" }));
  });

  test("makes an id that is a plain file name and its own id, of whatever it accepts", () => {
    const alphabet = Array.from("aZ09/_-.:@ \\\u0000\u202eé\u{1f600}$`'\"");
    for (const first of ["a", "0", "Z"]) {
      for (const second of alphabet) {
        for (const third of alphabet) {
          const id = toExtensionId(first + second + third);
          expect(id).toMatch(/^[a-z0-9][a-z0-9_-]*$/u);
          expect(isExtensionId(id)).toBe(true);
          expect(toExtensionId(id)).toBe(id);
          expect(extensionIdOfArgument(id)).toBe(id);
        }
      }
    }
  });
});

describe("extensionIdOfArgument", () => {
  test.each([
    ["docker_volumes-backup-extension", "docker_volumes-backup-extension"],
    ["my-extension-", "my-extension-"],
    ["docker/volumes-backup-extension", "docker_volumes-backup-extension"],
    ["docker/volumes-backup-extension:1.1.4", "docker_volumes-backup-extension"],
    ["docker.io/docker/volumes-backup-extension:1.1.4", "docker_volumes-backup-extension"],
    [`me/app:1@sha256:${"0".repeat(64)}`, "me_app"],
    ["localhost:5000/ns/name:1.0", "localhost-5000_ns_name"],
    ["localhost:5000/ns/name", "localhost-5000_ns_name"],
    ["hello:1.0", "hello"],
  ])("takes %s for %s", (text, id) => {
    expect(extensionIdOfArgument(text)).toBe(id);
  });

  test.each(["", "-v", "--json", "My Extension", "../x", "a b", "x\n"])("refuses %j", (text) => {
    expect(() => extensionIdOfArgument(text)).toThrow(expect.objectContaining({ code: "REFERENCE_INVALID" }));
  });
});
