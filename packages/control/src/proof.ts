import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** What a connection is for once both sides have proved that they know the secret. */
export type Purpose = "messages" | "http";

/** What both proofs of one connection are made from: a proof of one connection, or of one side, is of no use as another. */
export interface ProofInput {
  readonly secret: string;
  readonly clientNonce: string;
  readonly serverNonce: string;
}

/** A fresh 256-bit nonce. */
export function createNonce(): string {
  return randomBytes(32).toString("base64url");
}

/** True for what {@link createNonce} could have made. */
export function isNonce(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{43}$/u.test(value);
}

/** The proof that a side knows the secret: HMAC-SHA256 over its role and both nonces. */
export function proofOf(role: "server" | `client ${Purpose}`, input: ProofInput): string {
  return createHmac("sha256", input.secret)
    .update(["bowsprit control 1", role, input.clientNonce, input.serverNonce].join("\0"))
    .digest("base64url");
}

/** Compares in a time that tells nothing of where two proofs differ. */
export function isSameProof(expected: string, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
