import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pipeSecret } from "./pipe-secret.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "bowsprit-pipes-"));
});
afterEach(() => rmSync(home, { recursive: true }));

it("is made once for a home, for its user alone, and differs from another home's", () => {
  const secret = pipeSecret(home);
  expect(secret).toMatch(/^[0-9a-f]{32}$/u);
  expect(pipeSecret(home)).toBe(secret);
  expect(statSync(join(home, "sockets", "pipes.key")).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, "sockets")).mode & 0o777).toBe(0o700);
  expect(pipeSecret(join(home, "another"))).not.toBe(secret);
});

it("is made anew where the file was cut short", () => {
  pipeSecret(home);
  writeFileSync(join(home, "sockets", "pipes.key"), "12");
  const secret = pipeSecret(home);
  expect(readFileSync(join(home, "sockets", "pipes.key"), "utf8")).toBe(secret);
});

it("says that the home cannot be used where it cannot be made", () => {
  writeFileSync(join(home, "file"), "");
  expect(() => pipeSecret(join(home, "file"))).toThrow(expect.objectContaining({ code: "HOME_UNUSABLE" }));
});
