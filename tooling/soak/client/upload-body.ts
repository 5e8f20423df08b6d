import { fillBody } from "../plan/fill-body.ts";
import type { Plan } from "../plan/plan-request.ts";

const pieceBytes = 8 * 1024;

/** The body of a request in pieces; one that is to fail does so half-way. */
export async function* uploadPieces({ id, fault, upload }: Plan): AsyncGenerator<Uint8Array> {
  const body = fillBody(id, "<", upload.bytes);
  const size = Math.min(pieceBytes, Math.ceil(body.length / 2));
  for (let start = 0; start < body.length; start += size) {
    if (fault === "body-fails" && start > 0) throw new Error("this body fails on purpose");
    yield body.subarray(start, start + size);
  }
}
