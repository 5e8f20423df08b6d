import type { Extension } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { anExtension } from "../test/an-extension.ts";
import { explainFailure } from "./explain-failure.ts";
import { plainOutput } from "./plain-output.ts";
import { subtitleOf } from "./subtitle-of.ts";

describe("a line of output", () => {
  it("is shown without colours and control characters", () => {
    expect(plainOutput("\u001b[1;31merror\u001b[0m: no\u0007\u001b[2K")).toBe("error: no");
  });

  it("is cut where no person reads on", () => {
    expect(plainOutput("x".repeat(5000))).toHaveLength(4000);
  });
});

describe("the message of an error", () => {
  it("is split into what was tried and why it failed", () => {
    expect(explainFailure({ message: "start hello: it ended: 1" })).toEqual({
      tried: "Start hello",
      why: "it ended: 1",
    });
  });

  it("is all reason where it has another form", () => {
    expect(explainFailure({ message: "no" })).toEqual({ tried: "", why: "no" });
    expect(explainFailure({ message: ": no" })).toEqual({ tried: "", why: ": no" });
  });
});

describe("the line under a title", () => {
  const digest = "sha256:00" as Extension["digest"];

  it("says who made it and where it came from", () => {
    expect(subtitleOf(anExtension("hello", { digest }))).toBe("Vendor · hello, from a folder");
    expect(subtitleOf(anExtension("hello", { digest, vendor: null, image: "a/b:1" }))).toBe("a/b:1");
  });

  it("claims nothing of an entry that cannot be read", () => {
    expect(subtitleOf(anExtension("hello"))).toBe("cannot be read");
  });
});
