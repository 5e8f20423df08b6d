import { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Dialer } from "@bowsprit/transport";
import { describe, expect, it } from "vitest";
import { createPatientDialer } from "./patient-dialer.ts";

const address = { scheme: "unix", path: "/x.sock" } as const;

/** Fails as an absent endpoint does, so many times, then connects. */
function dialerThatFails(
  times: number,
  code: ErrorCode = ErrorCode.EndpointUnreachable,
): Dialer & { readonly dials: () => number } {
  let dials = 0;
  return {
    name: "counted",
    scheme: "unix",
    traits: { halfClose: true, leavesFile: true, maxAddressBytes: null, checksOwner: true },
    dials: () => dials,
    async connect() {
      dials += 1;
      if (dials <= times) throw new BowspritError(code, "dial: not there");
      return new Duplex();
    },
  };
}

const hopeful = {
  hint: "Look here.",
  waitMs: 2000,
  watch: () => async () => undefined,
  explain: async () => "nothing listens",
};

describe("a patient dialer", () => {
  it("dials again until the backend listens", async () => {
    const dialer = dialerThatFails(3);
    (await createPatientDialer(dialer, hopeful).connect(address)).destroy();
    expect(dialer.dials()).toBe(4);
  });

  it("gives up at once when there is no hope, and says so", async () => {
    const dialer = dialerThatFails(1000);
    const lost = createPatientDialer(dialer, { ...hopeful, watch: () => async () => "it crashed" }).connect(address);
    await expect(lost).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: "it crashed",
      details: { crashed: true },
    });
    expect(dialer.dials()).toBe(1);
  });

  it("gives up when the wait is over", async () => {
    const late = createPatientDialer(dialerThatFails(1000), { ...hopeful, waitMs: 50 }).connect(address);
    await expect(late).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", details: { crashed: false } });
  });

  it("passes every other failure on without a second try", async () => {
    const dialer = dialerThatFails(1000, ErrorCode.EndpointForbidden);
    await expect(createPatientDialer(dialer, hopeful).connect(address)).rejects.toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
    });
    expect(dialer.dials()).toBe(1);
  });

  it("stops waiting when the caller does", async () => {
    const caller = new AbortController();
    const waiting = createPatientDialer(dialerThatFails(1000), { ...hopeful, waitMs: 60_000 }).connect(address, {
      signal: caller.signal,
    });
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  });
});
