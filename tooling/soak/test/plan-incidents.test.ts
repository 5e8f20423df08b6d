import { expect, it } from "vitest";
import { planIncidents } from "../plan/plan-incidents.ts";

it("kills the backend in the first half of each hundred thousand requests, and spoils its connections in between", () => {
  const incidents = planIncidents(200_000);
  expect(incidents.map(({ after }) => after)).toEqual(Array.from({ length: 199 }, (_, index) => (index + 1) * 1000));
  const kills = incidents.filter(({ kind }) => kind === "kill").map(({ after }) => after);
  const first = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((thousands) => thousands * 1000);
  expect(kills).toEqual([...first, ...first.map((after) => after + 100_000)]);
});

it("lets nothing happen after the last request", () => {
  expect(planIncidents(1000)).toEqual([]);
  expect(planIncidents(1001)).toEqual([{ after: 1000, kind: "spoil" }]);
});
