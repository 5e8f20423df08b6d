import type { Requirement } from "./requirement.ts";

/** What is wrong between requirements and the ids of verifications: each id is verified once, and nothing else is. */
export function coverageProblems(requirements: readonly Requirement[], verified: readonly string[]): readonly string[] {
  const ids = requirements.map(({ id }) => id);
  return [
    ...repeated(ids).map((id) => `${id} is required twice`),
    ...repeated(verified).map((id) => `${id} is verified twice`),
    ...ids.filter((id) => !verified.includes(id)).map((id) => `${id} is required, and nothing verifies it`),
    ...verified.filter((id) => !ids.includes(id)).map((id) => `${id} is verified, and nothing requires it`),
  ];
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
