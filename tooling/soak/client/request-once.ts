import type { ServiceClient, ServiceRequest, ServiceResponse } from "@bowsprit/transport";
import { fillBody } from "../plan/fill-body.ts";
import type { Plan } from "../plan/plan-request.ts";
import { createManner, type Manner } from "./manner.ts";
import { answered, failed, idOfHead, left, type Outcome } from "./outcome.ts";
import { uploadPieces } from "./upload-body.ts";

/** Sends a planned request once, reads its answer as the plan says, and tells how it ended. It never throws. */
export async function requestOnce(client: ServiceClient, plan: Plan): Promise<Outcome> {
  using manner = createManner(plan);
  try {
    return await readAnswer(plan, await client.request(requestOf(plan), manner.options), manner);
  } catch (error) {
    return failed(error);
  }
}

function requestOf(plan: Plan): ServiceRequest {
  const { id, method, upload } = plan;
  const line = { method, path: `/soak/${id}` };
  if (upload.form === "none") return line;
  return { ...line, body: upload.form === "bytes" ? fillBody(id, "<", upload.bytes) : uploadPieces(plan) };
}

async function readAnswer(plan: Plan, response: ServiceResponse, manner: Manner): Promise<Outcome> {
  const { status, headers } = response;
  const head = idOfHead(headers);
  if (plan.fault !== "abort-body" && plan.fault !== "leave-early")
    return answered(plan, { status, head, body: await response.bytes() });
  const chunks: Uint8Array[] = [];
  if (plan.fault === "abort-body") setImmediate(manner.onFirstBytes);
  for await (const chunk of response.body) {
    chunks.push(chunk);
    if (plan.fault === "leave-early") return left(plan, { status, head, body: chunk });
  }
  return answered(plan, { status, head, body: Buffer.concat(chunks) });
}
