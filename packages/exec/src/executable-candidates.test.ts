import { describe, expect, test } from "vitest";
import { executableCandidates } from "./executable-candidates.ts";

describe("executableCandidates", () => {
  test("looks for a bare name in the absolute folders of PATH, in order, never in the working folder", () => {
    expect(executableCandidates("x", { os: "linux", path: "/b::.:rel:/a", cwd: "/w" })).toEqual(["/b/x", "/a/x"]);
  });

  test("takes a name with a separator relative to the working folder", () => {
    expect(executableCandidates("./x", { os: "linux", path: "/b", cwd: "/w" })).toEqual(["/w/x"]);
    expect(executableCandidates("bin/x", { os: "linux", path: "/b", cwd: "/w" })).toEqual(["/w/bin/x"]);
    expect(executableCandidates("/abs/x", { os: "linux", path: "/b" })).toEqual(["/abs/x"]);
    expect(executableCandidates("./x", { os: "linux", path: "/b" })).toEqual([]);
  });

  test("adds the endings of Windows to a name without one, and knows no others", () => {
    const options = { os: "windows", path: "C:\\b;rel;D:\\c", cwd: "C:\\w" } as const;
    expect(executableCandidates("x", { ...options, pathExt: ".EXE;.JS;.CMD" })).toEqual([
      "C:\\b\\x.exe",
      "C:\\b\\x.cmd",
      "D:\\c\\x.exe",
      "D:\\c\\x.cmd",
    ]);
    expect(executableCandidates("x.exe", options)).toEqual(["C:\\b\\x.exe", "D:\\c\\x.exe"]);
    expect(executableCandidates(".\\x.bat", options)).toEqual(["C:\\w\\x.bat"]);
    expect(executableCandidates("sub/x.bat", options)).toEqual(["C:\\w\\sub\\x.bat"]);
  });

  test.each(["", "a\0b"])("finds nothing called %j", (name) => {
    expect(executableCandidates(name, { os: "linux", path: "/b" })).toEqual([]);
  });
});
