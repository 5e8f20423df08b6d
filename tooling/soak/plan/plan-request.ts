import { hash } from "node:crypto";
import type { FaultName, Shape } from "./fault.ts";
import { faultTable } from "./fault-table.ts";

/** Everything about one request, known to both sides beforehand. */
export interface Plan {
  readonly id: number;
  readonly fault: FaultName | "none";
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly upload: Upload;
  readonly answer: Answer;
  /** Which of the client's two forms sends it. */
  readonly form: "request" | "forward";
  /** `narrow` goes through a client of few connections, where requests wait for one another. */
  readonly lane: "wide" | "narrow";
  /** Where and when the fault strikes, 0 to 1. */
  readonly at: number;
  /** How long the backend takes for what it may delay, 0 to 1. */
  readonly pace: number;
}

export interface Upload {
  /** `sized` is a stream with its length. */
  readonly form: "none" | "bytes" | "stream" | "sized";
  readonly bytes: number;
}

export interface Answer {
  readonly framing: "length" | "chunked" | "close";
  readonly bytes: number;
}

/** Enough for the id and some more. */
const leastBytes = 16;
const KiB = 1024;

const shares = Object.entries(faultTable).map(([name, { share }]) => [name as FaultName | "none", share] as const);
const allShares = shares.reduce((sum, [, share]) => sum + share, 0);

/** Beyond what a socket takes at once, so that a request is still being sent when its answer comes. */
const longUpload: Upload = { form: "stream", bytes: 256 * KiB };

/** The plan of a request: the same for the same two numbers, in every process. */
export function planRequest(seed: number, id: number): Plan {
  const draw = drawsOf(seed, id);
  const fault = chooseFault(draw(0));
  const { shape } = faultTable[fault];
  const form = draw(1) < 0.3 ? "forward" : "request";
  const upload = planUpload(shape, { form, kind: draw(2), size: draw(3) });
  return {
    id,
    fault,
    method: chooseMethod(upload, draw(4)),
    upload,
    answer: planAnswer(shape, draw(5), draw(6)),
    form,
    lane: draw(7) < 0.2 && !isSlow(fault) ? "narrow" : "wide",
    at: draw(8),
    pace: draw(9),
  };
}

/** The fault alone of a request's plan. */
export function faultOfRequest(seed: number, id: number): FaultName | "none" {
  return chooseFault(drawsOf(seed, id)(0));
}

/** True for the faults that take seconds: they end by the client's limits alone. */
export function isSlow(fault: FaultName | "none"): boolean {
  return fault === "never" || fault === "stall";
}

/** The bytes of an answer's body as its head announces them: `short-length` sends more, which are nobody's. */
export function announcedBytes({ fault, answer, at }: Plan): number {
  return fault === "short-length" ? leastBytes + Math.floor((answer.bytes - leastBytes) * at) : answer.bytes;
}

/** Up to sixteen numbers between 0 and 1 that belong to a request. */
function drawsOf(seed: number, id: number): (index: number) => number {
  const noise = hash("sha512", `${seed} ${id}`, "buffer");
  return (index) => noise.readUInt32LE(index * 4) / 2 ** 32;
}

function chooseFault(at: number): FaultName | "none" {
  let rest = at * 100_000;
  if (rest >= allShares) return "none";
  return shares.find(([, share]) => (rest -= share) < 0)?.[0] ?? "none";
}

interface UploadDraw {
  readonly form: Plan["form"];
  readonly kind: number;
  readonly size: number;
}

function planUpload(shape: Shape, { form, kind, size }: UploadDraw): Upload {
  if (shape === "upload") return longUpload;
  if (shape === "stream") return { form: "stream", bytes: 2 * KiB + bytesOf(size) };
  if (kind < 0.6) return { form: "none", bytes: 0 };
  if (kind < 0.8 || shape === "plain") return { form: "bytes", bytes: bytesOf(size) };
  return { form: form === "forward" && kind < 0.9 ? "sized" : "stream", bytes: bytesOf(size) };
}

function chooseMethod({ form }: Upload, at: number): Plan["method"] {
  if (form === "none") return at < 0.7 ? "GET" : at < 0.8 ? "POST" : at < 0.9 ? "PUT" : "DELETE";
  return at < 0.45 ? "POST" : at < 0.85 ? "PUT" : at < 0.95 ? "DELETE" : "GET";
}

function planAnswer(shape: Shape, kind: number, size: number): Answer {
  const bytes = shape === "large" ? 64 * KiB : bytesOf(size);
  // So small that what is sent behind the answer's end arrives with it.
  if (shape === "small") return { framing: "length", bytes: leastBytes + Math.min(bytes, KiB) };
  if (shape === "length" || shape === "chunked") return { framing: shape, bytes: bytes + leastBytes };
  if (kind < 0.6) return { framing: "length", bytes };
  // An answer that ends with its connection cannot be told from one that was cut: it must leave in one piece.
  const mayClose = kind > 0.95 && (shape === "any" || shape === "upload") && bytes <= KiB;
  return { framing: mayClose ? "close" : "chunked", bytes };
}

/** Small for most, up to 64 KiB for one in thirty. */
function bytesOf(size: number): number {
  const most = size < 0.97 ? 400 * (size / 0.97) : 64 * KiB * ((size - 0.97) / 0.03);
  return leastBytes + Math.floor(most);
}
