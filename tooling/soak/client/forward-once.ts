import { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Forwarding, ForwardRequest, ResponseSink, ServiceClient } from "@bowsprit/transport";
import { fillBody } from "../plan/fill-body.ts";
import type { Plan } from "../plan/plan-request.ts";
import { createManner, type Manner } from "./manner.ts";
import { answered, failed, idOfHead, left, type Outcome } from "./outcome.ts";
import { uploadPieces } from "./upload-body.ts";

/** Sends a planned request once in the raw form. Each call of `onEnd` is an end of it: there must be one. */
export function forwardOnce(client: ServiceClient, plan: Plan, onEnd: (outcome: Outcome) => void): void {
  const manner = createManner(plan);
  const begun: { forwarding?: Forwarding } = {};
  const sink = createSink(plan, {
    manner,
    resume: () => begun.forwarding?.resume(),
    leave: () => begun.forwarding?.abort("its reader went away"),
    onEnd(outcome) {
      manner[Symbol.dispose]();
      onEnd(outcome);
    },
  });
  begun.forwarding = client.forward(requestOf(plan), sink, manner.options);
}

function requestOf(plan: Plan): ForwardRequest {
  const { id, method, upload } = plan;
  const line = { method, path: `/soak/${id}`, headers: [] };
  if (upload.form === "none") return line;
  if (upload.form === "bytes") return { ...line, body: fillBody(id, "<", upload.bytes) };
  const body = Readable.from(uploadPieces(plan), { objectMode: false });
  return { ...line, body, ...(upload.form === "sized" && { contentLength: upload.bytes }) };
}

interface SinkOptions {
  readonly manner: Manner;
  readonly resume: () => void;
  readonly leave: () => void;
  readonly onEnd: (outcome: Outcome) => void;
}

/** A sink that holds the backend back after each piece, and takes a call out of turn for another end. */
function createSink(plan: Plan, { manner, resume, leave, onEnd }: SinkOptions): ResponseSink {
  let answer: { readonly status: number; readonly head: number } | undefined;
  let hasEnded = false;
  let isLeft = false;
  const chunks: Buffer[] = [];
  const end = (outcome: Outcome): void => {
    hasEnded = true;
    onEnd(outcome);
  };
  return {
    head(status, _statusText, flat) {
      if (answer !== undefined || hasEnded) onEnd("failed untyped a second head");
      answer = { status, head: idOfHead(pairsOf(flat)) };
      if (plan.fault === "abort-body") setImmediate(manner.onFirstBytes);
    },
    data(chunk) {
      if (answer === undefined || hasEnded) onEnd("failed untyped bytes out of turn");
      chunks.push(chunk);
      if (plan.fault === "leave-early") {
        isLeft = true;
        setImmediate(leave);
      }
      setImmediate(resume);
      return false;
    },
    end: () => end(answered(plan, { status: 0, head: 0, ...answer, body: Buffer.concat(chunks) })),
    failed(error) {
      const isOwn = isLeft && BowspritError.is(error, ErrorCode.Aborted);
      end(isOwn ? left(plan, { status: 0, head: 0, ...answer, body: Buffer.concat(chunks) }) : failed(error));
    },
  };
}

function pairsOf(flat: readonly string[]): readonly (readonly [string, string])[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ""] as const] : []));
}
