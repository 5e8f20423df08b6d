import { describe, expect, it } from "vitest";
import { withinLimits } from "./within-limits.ts";

const never = new Promise<never>(() => {});

describe("a wait", () => {
  it("ends with the work, as the work ends", async () => {
    expect(
      await withinLimits("try", Promise.resolve(1), { timeoutMs: 1000, signal: new AbortController().signal }),
    ).toBe(1);
    await expect(withinLimits("try", Promise.reject(new Error("broken")), {})).rejects.toThrow("broken");
  });

  it("ends at the caller's time or signal, with the reason as cause", async () => {
    await expect(withinLimits("try", never, { timeoutMs: 5 })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    const reason = new Error("mine");
    for (const signal of [AbortSignal.abort(reason), abortSoon(reason)]) {
      await expect(withinLimits("try", never, { signal })).rejects.toMatchObject({ code: "ABORTED", cause: reason });
    }
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("refuses %d milliseconds", async (timeoutMs) => {
    await expect(withinLimits("try", never, { timeoutMs })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

function abortSoon(reason: Error): AbortSignal {
  const controller = new AbortController();
  queueMicrotask(() => controller.abort(reason));
  return controller.signal;
}
