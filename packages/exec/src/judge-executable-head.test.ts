import { readFileSync } from "node:fs";
import { platformOf, type Platform } from "@bowsprit/core";
import { describe, expect, test } from "vitest";
import { judgeExecutableHead } from "./judge-executable-head.ts";

const linux: Platform = { os: "linux", arch: "x64" };
const mac: Platform = { os: "darwin", arch: "arm64" };
const elf = (machine: number): Buffer =>
  Buffer.from(`\u007fELF\u0002\u0001${"\0".repeat(10)}\u0002\0${String.fromCharCode(machine)}\0`, "latin1");
const machO = Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0, 0]);
const pe = Buffer.from("MZ\u0090\0", "latin1");

describe("judgeExecutableHead", () => {
  test("lets pass what the system can run", () => {
    expect(judgeExecutableHead(elf(62), linux)).toBeUndefined();
    expect(judgeExecutableHead(elf(3), linux)).toBeUndefined();
    expect(judgeExecutableHead(elf(183), { os: "linux", arch: "arm64" })).toBeUndefined();
    expect(judgeExecutableHead(machO, mac)).toBeUndefined();
    expect(judgeExecutableHead(Buffer.from("#!/bin/sh\n"), linux)).toBeUndefined();
    expect(judgeExecutableHead(pe, { os: "windows", arch: "x64" })).toBeUndefined();
    const own = readFileSync(process.execPath).subarray(0, 256);
    expect(judgeExecutableHead(own, platformOf(process.platform, process.arch))).toBeUndefined();
  });

  test.each([
    ["an ELF for another processor", elf(183), linux, "a program for arm64"],
    ["an ELF on macOS", elf(62), mac, "a program for Linux"],
    ["a Mach-O on Linux", machO, linux, "a program for macOS"],
    ["a PE on Linux", pe, linux, "a program for Windows"],
    ["unknown binary data", Buffer.from([1, 2, 0, 3]), linux, "neither a program of this system nor a script"],
  ])("names what is wrong with %s", (...[, head, platform, why]) => {
    expect(judgeExecutableHead(head, platform)).toMatchObject({ why, foreign: true });
  });

  test.each([
    ["echo hello\n", "a script without a #! line"],
    ["", "the file is empty"],
    ["E", "a script without a #! line"],
  ])("refuses %j, which the C library would give to a shell", (text, why) => {
    expect(judgeExecutableHead(Buffer.from(text), linux)).toMatchObject({ why, foreign: false });
  });
});
