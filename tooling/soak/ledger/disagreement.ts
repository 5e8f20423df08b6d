/**
 * `lost`: a request without an end. `doubled`: one that came, was answered or ended more than once. `crossed`: bytes of one request in
 * another. `wrong`: any other end than the plan and the backend's ledger admit.
 */
export type DisagreementKind = "lost" | "doubled" | "crossed" | "wrong";

export interface Disagreement {
  readonly kind: DisagreementKind;
  readonly what: string;
}
