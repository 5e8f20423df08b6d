import { BowspritError } from "./bowsprit-error.ts";
import { ErrorCode } from "./error-code.ts";

/** A content digest, `sha256:` and 64 lower-case hexadecimal digits (OCI image specification, descriptor). */
export type Digest = string & { readonly __brand: "Digest" };

const pattern = /^sha256:[0-9a-f]{64}$/;

/** @throws BowspritError `REFERENCE_INVALID` for anything but a lower-case SHA-256 digest. */
export function parseDigest(text: string): Digest {
  if (!pattern.test(text)) {
    throw new BowspritError(
      ErrorCode.ReferenceInvalid,
      `read digest ${JSON.stringify(text)}: not sha256: and 64 hexadecimal digits`,
    );
  }
  return text as Digest;
}
