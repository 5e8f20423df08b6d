import { expect, it } from "vitest";
import { formatAddress, parseAddress } from "./index.ts";

it.each([
  ["unix:///run/x.sock", { scheme: "unix", path: "/run/x.sock" }],
  ["npipe://name", { scheme: "npipe", name: "name" }],
])("reads %s and writes it again", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
  expect(formatAddress(parseAddress(text))).toBe(text);
});

it("reads Docker's own spelling of a pipe", () => {
  expect(parseAddress("npipe:////./pipe/docker_engine")).toEqual({ scheme: "npipe", name: "docker_engine" });
});

it.each(["", "unix://relative", "npipe://", "tcp://127.0.0.1:1", "/run/x.sock"])("refuses %j", (text) => {
  expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: "ENDPOINT_INVALID" }));
});
