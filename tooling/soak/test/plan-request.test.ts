import { expect, it } from "vitest";
import { faultTable } from "../plan/fault-table.ts";
import { announcedBytes, faultOfRequest, planRequest } from "../plan/plan-request.ts";

const plans = Array.from({ length: 50_000 }, (_, index) => planRequest(7, index + 1));

it("says the same of the same request each time, and something else with another seed", () => {
  expect(planRequest(7, 4711)).toEqual(plans[4710]);
  expect(faultOfRequest(7, 4711)).toBe(plans[4710]?.fault);
  const others = plans.slice(0, 1000).filter(({ id, at }) => planRequest(8, id).at === at);
  expect(others).toEqual([]);
});

it("gives every fault its share, and five of a hundred requests at least one", () => {
  const counts = Map.groupBy(plans, ({ fault }) => fault);
  for (const [name, { share }] of Object.entries(faultTable)) {
    if (name === "none") continue;
    const expected = (share / 100_000) * plans.length;
    const found = counts.get(name as keyof typeof faultTable)?.length ?? 0;
    expect(Math.abs(found - expected), name).toBeLessThan(6 * Math.sqrt(expected));
  }
  expect(plans.filter(({ fault }) => fault !== "none").length / plans.length).toBeGreaterThan(0.05);
});

it("sends all methods with and without a body, in all forms, small and large, on both lanes", () => {
  for (const method of ["GET", "POST", "PUT", "DELETE"]) {
    for (const hasBody of [true, false])
      expect(plans.some((plan) => plan.method === method && (plan.upload.form !== "none") === hasBody)).toBe(true);
  }
  const kinds = plans.map(({ form, lane, upload, answer }) => `${form} ${lane} ${upload.form} ${answer.framing}`);
  expect(new Set(kinds).size).toBe(2 * 3 * (3 + 4));
  expect(Math.max(...plans.map(({ answer }) => answer.bytes))).toBeGreaterThan(60_000);
});

it("never lets an answer that ends with its connection look whole when it was cut", () => {
  const risky = plans.filter(
    ({ answer, fault }) => answer.framing === "close" && /cut|stall|body|trickle/u.test(fault),
  );
  expect(risky.filter(({ fault }) => fault !== "body-fails")).toEqual([]);
});

it("announces less than it sends for one fault alone", () => {
  for (const plan of plans) expect(announcedBytes(plan) < plan.answer.bytes).toBe(plan.fault === "short-length");
});
