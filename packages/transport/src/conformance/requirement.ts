import type { Traits } from "../transport.ts";

/** What a requirement presupposes: that the subject can listen at all, or a trait of its dialer. */
export type Need = "listen" | keyof Traits;

/** One promise that every way of carrying bytes must keep. */
export interface Requirement {
  readonly id: string;
  readonly says: string;
  /** The rows of the project's fault matrix (X01–X44) that it stands for. */
  readonly rows?: readonly string[];
  /** Without one of these the requirement makes no sense, and is skipped. */
  readonly needs?: readonly Need[];
}

/** What a subject can do, as far as requirements ask. */
export interface Abilities {
  readonly listen: boolean;
  readonly traits: Traits;
}

/** Why a requirement is skipped; undefined when it applies. Nothing but traits decides. */
export function skipReason(requirement: Requirement, { listen, traits }: Abilities): string | undefined {
  const lacking = (requirement.needs ?? []).filter((need) => (need === "listen" ? !listen : !traits[need]));
  return lacking.length === 0 ? undefined : `has no ${lacking.join(", ")}`;
}
