import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { CallOptions } from "@bowsprit/core";

/** What both ends of a stream know, and what the stream is for. */
export interface ProofOptions extends CallOptions {
  /** At least 128 bits that nobody can guess, shared by way of a file that only their user can read. */
  readonly secret: string | Uint8Array;
}

/** What both proofs of one stream are made from: a proof of one stream, or of one end, is of no use as another. */
export interface ProofInput {
  readonly secret: string | Uint8Array;
  readonly clientNonce: string;
  readonly serverNonce: string;
}

/** The version of the exchange, as the client's first line says it. */
export const greeting = "bowsprit-proof/1";

/** A local program that has not answered by then will not. */
export const defaultTimeoutMs = 5000;

/** A fresh 256-bit nonce. */
export function createNonce(): string {
  return randomBytes(32).toString("base64url");
}

/** True for what {@link createNonce} could have made. */
export function isNonce(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{43}$/u.test(text);
}

/** A purpose is a word, so that it fits in a line. */
export function isPurpose(text: string | undefined): text is string {
  return text !== undefined && /^[a-z][a-z0-9-]{0,31}$/u.test(text);
}

/** HMAC-SHA256 over the role, its purpose and both nonces. */
export function proofOf(role: "server" | `client ${string}`, input: ProofInput): string {
  return createHmac("sha256", input.secret)
    .update([greeting, role, input.clientNonce, input.serverNonce].join("\0"))
    .digest("base64url");
}

/** Compares in a time that tells nothing of where two proofs differ. */
export function isSameProof(expected: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
