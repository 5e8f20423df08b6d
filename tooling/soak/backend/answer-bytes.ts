import { fillBody } from "../plan/fill-body.ts";
import { announcedBytes, type Plan } from "../plan/plan-request.ts";

const fields = {
  length: (bytes: number) => `content-length: ${bytes}\r\n`,
  chunked: () => "transfer-encoding: chunked\r\n",
  close: () => "connection: close\r\n",
};

export interface HeadOptions {
  /** Says something else than the truth. */
  readonly length?: number;
  /** One line more, with its end. */
  readonly more?: string;
}

/** The head of a request's answer. */
export function headBytes(plan: Plan, { length = announcedBytes(plan), more = "" }: HeadOptions = {}): Buffer {
  return Buffer.from(`HTTP/1.1 200 OK\r\nx-id: ${plan.id}\r\n${more}${fields[plan.answer.framing](length)}\r\n`);
}

/** The body of a request's answer as it is sent, in one piece or, where it is chunked, in up to four. */
export function bodyPieces(plan: Plan): readonly Buffer[] {
  const body = fillBody(plan.id, ">", plan.answer.bytes);
  if (plan.answer.framing !== "chunked") return [body];
  const size = Math.ceil(body.length / (1 + Math.floor(plan.pace * 4)));
  const pieces: Buffer[] = [];
  for (let start = 0; start < body.length; start += size) pieces.push(chunk(body.subarray(start, start + size)));
  return [...pieces, Buffer.from("0\r\n\r\n")];
}

/** A head, and the beginning of a body that never ends. */
export function partBytes(plan: Plan): Buffer {
  const part = fillBody(plan.id, ">", Math.floor(plan.answer.bytes * plan.at));
  const isChunked = plan.answer.framing === "chunked" && part.length > 0;
  return Buffer.concat([headBytes(plan), isChunked ? chunk(part) : part]);
}

/** One chunk of a body. */
export function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}
