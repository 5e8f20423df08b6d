import { ErrorCode } from "@bowsprit/core";
import type { Address } from "@bowsprit/transport";
import { expect, test } from "vitest";
import { createNamedPipeTransport } from "./create-named-pipe-transport.ts";
import { toPipePath } from "./pipe-path.ts";

const windows = createNamedPipeTransport({ platform: "win32" });
const elsewhere = createNamedPipeTransport({ platform: "darwin" });
const address: Address = { scheme: "npipe", name: "bowsprit-test" };

function nameOf(scope: string, service: string, transport = windows): string {
  const found = transport.address(scope, service);
  return found.scheme === "npipe" ? found.name : "";
}

test("says what it is, in frozen data", () => {
  expect(windows).toMatchObject({ name: "named-pipe", scheme: "npipe" });
  expect(windows.traits).toEqual({ halfClose: false, leavesFile: false, maxAddressBytes: 256, checksOwner: false });
  expect(Object.isFrozen(windows.traits)).toBe(true);
});

test("a scope and a service always give the same readable address", () => {
  expect(nameOf("hello", "Hello.sock")).toMatch(/^bowsprit-hello-hello\.sock-[0-9a-f]{32}$/u);
  expect(nameOf("hello", "hello.sock")).toBe(nameOf("hello", "hello.sock"));
});

test("those who share a secret find each other, and nobody else can tell a name before it is used", () => {
  const [one, other] = [1, 2].map(() => createNamedPipeTransport({ platform: "win32", secret: "shared" }));
  expect(nameOf("a", "b", one)).toBe(nameOf("a", "b", other));
  expect(nameOf("a", "b", createNamedPipeTransport({ platform: "win32" }))).not.toBe(nameOf("a", "b"));
  expect(nameOf("a", "b", createNamedPipeTransport({ secret: "guessed" }))).not.toBe(nameOf("a", "b", one));
});

test.each([
  ["where the parts are divided elsewhere", ["a-b", "c"], ["a", "b-c"]],
  ["that differ in case alone, which Windows does not see", ["a", "Backend.sock"], ["a", "backend.sock"]],
  ["that differ in unsafe characters alone", ["a", "x/y"], ["a", "x\\y"]],
  ["that differ after the readable part", ["a", `${"x".repeat(100)}1`], ["a", `${"x".repeat(100)}2`]],
] as const)("different addresses for names %s", (_, one, other) => {
  expect(nameOf(one[0], one[1]).toLowerCase()).not.toBe(nameOf(other[0], other[1]).toLowerCase());
});

test("another prefix gives another address", () => {
  expect(nameOf("a", "b", createNamedPipeTransport({ prefix: "other" }))).toMatch(/^other-a-b-/u);
});

test.each([
  ["../..", "..\\C:\\x"],
  ["", ""],
  ["Hello", "Backend.SOCK"],
  ["\0", "\n"],
  ["x".repeat(9_999), "Ü".repeat(9_999)],
])("every address is a pipe name that can be used: %j", (scope, service) => {
  expect(toPipePath(nameOf(scope, service))).toMatch(/^\\\\\.\\pipe\\[a-z0-9._-]+$/u);
});

test("away from Windows, dialling and listening are unsupported, and addresses are still given", async () => {
  await expect(elsewhere.connect(address)).rejects.toMatchObject({
    code: ErrorCode.Unsupported,
    message: "dial npipe://bowsprit-test: named pipes exist on Windows only, this is darwin",
  });
  await expect(elsewhere.listen(address, () => undefined)).rejects.toMatchObject({
    code: ErrorCode.Unsupported,
    message: "listen on npipe://bowsprit-test: named pipes exist on Windows only, this is darwin",
  });
  expect(nameOf("a", "b", elsewhere)).toMatch(/^bowsprit-a-b-[0-9a-f]{32}$/u);
});

test.each([windows, elsewhere])("an address that no pipe can have is invalid everywhere", async (transport) => {
  const invalid = { code: ErrorCode.EndpointInvalid };
  await expect(transport.connect({ scheme: "npipe", name: "..\\x" })).rejects.toMatchObject(invalid);
  await expect(transport.connect({ scheme: "unix", path: "/run/x.sock" })).rejects.toMatchObject(invalid);
  await expect(transport.listen({ scheme: "unix", path: "/run/x.sock" }, () => undefined)).rejects.toMatchObject(
    invalid,
  );
});

test("a signal that has fired ends the call before anything is dialled, and its reason is the cause", async () => {
  const call = { signal: AbortSignal.abort("enough") };
  await expect(windows.connect(address, call)).rejects.toMatchObject({ code: ErrorCode.Aborted, cause: "enough" });
  await expect(windows.listen(address, () => undefined, call)).rejects.toMatchObject({ code: ErrorCode.Aborted });
});

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
  "a time that no timer can wait is refused: %d",
  async (timeoutMs) => {
    await expect(windows.connect(address, { timeoutMs })).rejects.toMatchObject({ code: ErrorCode.InvalidArgument });
  },
);

test("arguments of the wrong type are TypeErrors", async () => {
  await expect(windows.listen(address, "accept" as never)).rejects.toThrow(TypeError);
  expect(() => windows.address(7 as never, "b")).toThrow(TypeError);
  expect(() => createNamedPipeTransport({ secret: 7 as never }).address("a", "b")).toThrow(TypeError);
});
