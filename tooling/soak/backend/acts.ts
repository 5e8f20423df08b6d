import type { BackendFault, ClientFault } from "../plan/fault.ts";
import { fillBody } from "../plan/fill-body.ts";
import type { Plan } from "../plan/plan-request.ts";
import { bodyPieces, chunk, headBytes, partBytes } from "./answer-bytes.ts";
import { answerLater, answerSlowly, giveAnswer } from "./give-answer.ts";
import { badChunks, badHeads, extras, garbage, oneOf } from "./nonsense.ts";
import type { Act, Turn } from "./turn.ts";

const whole = (run: Act["run"]): Act => ({ when: "whole", run });
const early = (run: Act["run"]): Act => ({ when: "head", run });

/** One write, so that what is behind the answer's end arrives with it: no request can have been sent in between. */
const answerAnd = (behind: (turn: Turn) => Buffer | string): Act =>
  whole((turn) => giveAnswer(turn, Buffer.from(behind(turn))));

const answer = whole((turn) => giveAnswer(turn));

const breakWith = (bytes: (turn: Turn) => Buffer | string): Act =>
  whole((turn) => {
    turn.did("broke");
    turn.socket.write(bytes(turn));
  });

const cutAfter = (bytes: (turn: Turn) => Buffer): Act =>
  whole((turn) => {
    turn.did("broke");
    turn.socket.end(bytes(turn));
  });

const withhold = (bytes?: (turn: Turn) => Buffer): Act =>
  whole((turn) => {
    turn.did("withheld");
    if (bytes !== undefined) turn.socket.write(bytes(turn));
  });

/** It says that the connection ends with it: without that, a request could be on its way before the end is seen. */
const lastAnswer = (plan: Plan): Buffer =>
  Buffer.concat([headBytes(plan, { more: "connection: close\r\n" }), ...bodyPieces(plan)]);

/** Closes with the upload unread, which resets the connection; every second time when more of it has come. */
const drop = ({ socket, plan }: Turn): void => {
  socket.pause();
  if (plan.at < 0.5) socket.destroy();
  else setTimeout(() => socket.destroy(), 5);
};

/** What the backend does on purpose, by the fault of a request's plan. */
export const acts: Readonly<Record<BackendFault | ClientFault | "none", Act>> = {
  none: answer,
  "cut-length": cutAfter(({ plan }) => partBytes(plan)),
  "cut-chunked": cutAfter(({ plan }) => partBytes(plan)),
  "long-length": cutAfter(({ plan }) =>
    Buffer.concat([
      headBytes(plan, { length: plan.answer.bytes + 1 + Math.floor(plan.at * 100) }),
      ...bodyPieces(plan),
    ]),
  ),
  close: whole((turn) => {
    turn.did("broke");
    if (turn.plan.at < 0.5) turn.socket.destroy();
    else turn.socket.end();
  }),
  "close-early": early((turn) => {
    turn.did("broke");
    turn.socket.destroy();
  }),
  reset: early((turn) => {
    turn.did("broke");
    drop(turn);
  }),
  garbage: breakWith(({ plan }) => oneOf(garbage, plan.at)),
  "garbage-head": breakWith(({ plan }) => `HTTP/1.1 200 OK\r\nx-id: ${plan.id}\r\n${oneOf(badHeads, plan.at)}\r\n\r\n`),
  "garbage-chunk": breakWith(({ plan }) =>
    Buffer.concat([headBytes(plan), chunk(fillBody(plan.id, ">", 20)), Buffer.from(oneOf(badChunks, plan.at))]),
  ),
  switch: breakWith(() => "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: soak\r\n\r\n"),
  "large-head": breakWith(() => `HTTP/1.1 200 OK\r\nx-large: ${"x".repeat(20 * 1024)}\r\n\r\n`),
  "short-length": answer,
  "extra-bytes": answerAnd(({ plan }) => oneOf(extras, plan.at)),
  "extra-answer": answerAnd(({ plan }) => {
    const other = { ...plan, id: plan.id + 1 };
    return Buffer.concat([headBytes(other), ...bodyPieces(other)]);
  }),
  "fin-early": early(({ plan, socket, did }) => {
    did("answered");
    socket.end(lastAnswer(plan));
  }),
  "reset-late": early((turn) => {
    turn.did("answered");
    turn.socket.write(lastAnswer(turn.plan));
    drop(turn);
  }),
  trickle: whole(answerSlowly),
  never: withhold(),
  stall: withhold(({ plan }) => partBytes(plan)),
  "abort-before": answer,
  "abort-waiting": withhold(),
  "abort-race": whole(answerLater),
  "abort-body": withhold(({ plan }) => partBytes(plan)),
  "leave-early": answer,
  "deadline-waiting": withhold(),
  "deadline-race": whole(answerLater),
  "deadline-body": withhold(({ plan }) => partBytes(plan)),
  "body-fails": answer,
};
