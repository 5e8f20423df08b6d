import { describe, expect, test } from "vitest";
import { nativeCommand } from "./native-command.ts";

describe("nativeCommand", () => {
  test("leaves argv alone where it is passed as a list", () => {
    expect(nativeCommand(["/bin/x.bat", 'a "b"', "%c%"], "linux", {})).toEqual({
      file: "/bin/x.bat",
      args: ['a "b"', "%c%"],
      verbatim: false,
    });
    expect(nativeCommand(["C:\\x.exe", 'a "b"'], "windows", {})).toMatchObject({ file: "C:\\x.exe", verbatim: false });
  });

  test.each(["C:\\p q\\x.cmd", "C:\\p q\\x.BAT"])("gives %s to cmd.exe in quotes", (file) => {
    expect(nativeCommand([file, "a & b"], "windows", { comspec: "D:\\cmd.exe" })).toEqual({
      file: "D:\\cmd.exe",
      args: ["/d", "/v:off", "/s", "/c", `""${file}" "a & b""`],
      verbatim: true,
    });
  });

  test("refuses an argument of a batch file that could become a command", () => {
    expect(() => nativeCommand(["C:\\x.cmd", '" & calc'], "windows", {})).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });

  test.each(["C:\\x.cmd.", "C:\\x.bat "])("refuses %j, which Windows would run as a batch file unseen", (file) => {
    expect(() => nativeCommand([file], "windows", {})).toThrow(
      expect.objectContaining({ code: "EXECUTABLE_NOT_RUNNABLE" }),
    );
  });
});
