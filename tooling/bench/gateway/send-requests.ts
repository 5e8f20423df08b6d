import { connect } from "node:net";
import type { Candidate } from "./candidate.ts";

export interface Load {
  /** How many requests in all. */
  readonly requests: number;
  /** Over how many connections; on each the next request is sent when the answer to the last one is complete. */
  readonly connections: number;
  /** The body that every answer must have, byte for byte. */
  readonly body: Buffer;
}

const headEnd = Buffer.from("\r\n\r\n");

/**
 * Sends a candidate its request over and over and checks each answer. It is no HTTP client: it knows answers with a length alone, and so
 * costs little of the machine that it shares with what is measured.
 * @throws Error for an answer that is not the backend's, and for a connection that ends within one.
 */
export async function sendRequests(candidate: Candidate, load: Load): Promise<void> {
  let toSend = load.requests;
  const take = (): boolean => toSend-- > 0;
  const connections = Array.from({ length: load.connections }, async () => drive(candidate, load.body, take));
  await Promise.all(connections);
}

async function drive(candidate: Candidate, body: Buffer, take: () => boolean): Promise<void> {
  let isLeft = take();
  while (isLeft) isLeft = await useConnection(candidate, body, take);
}

/** One connection for as long as the other side keeps it; whether there is a request left, for which it must be opened anew. */
async function useConnection({ name, port, request }: Candidate, body: Buffer, take: () => boolean): Promise<boolean> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  let received: Buffer | undefined;
  const next = (isKept: boolean): void => {
    if (!take()) resolve(false);
    else if (isKept) socket.write(request);
    else resolve(true);
  };
  socket.on("connect", () => socket.write(request));
  socket.on("error", reject);
  socket.on("close", () => reject(new Error(`${name} closed a connection in the middle of an answer`)));
  socket.on("data", (chunk: Buffer) => {
    const answer = received === undefined ? chunk : Buffer.concat([received, chunk]);
    const verdict = judge(answer, body);
    received = verdict === "incomplete" ? answer : undefined;
    if (verdict === "wrong") reject(new Error(`${name} answered:\n${answer.toString("latin1")}`));
    else if (verdict !== "incomplete") next(verdict === "right");
  });
  return promise.finally(() => socket.removeAllListeners("close").destroy());
}

/** `last` is right, too, but the connection ends with it. */
function judge(answer: Buffer, body: Buffer): "right" | "last" | "wrong" | "incomplete" {
  const end = answer.indexOf(headEnd);
  if (end === -1) return answer.length > 16_384 ? "wrong" : "incomplete";
  const head = answer.toString("latin1", 0, end);
  if (!head.startsWith("HTTP/1.1 200 ")) return "wrong";
  const length = Number(/\r\ncontent-length: *(\d+)/iu.exec(head)?.[1]);
  if (length !== body.length) return "wrong";
  const from = end + headEnd.length;
  if (answer.length < from + length) return "incomplete";
  if (answer.length > from + length || !answer.subarray(from).equals(body)) return "wrong";
  return /\r\nconnection: *close/iu.test(head) ? "last" : "right";
}
