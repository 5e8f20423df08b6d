import { bodyPieces, headBytes } from "./answer-bytes.ts";
import type { Turn } from "./turn.ts";

/** Answers in one write, with more behind the answer's end where there is some. */
export function giveAnswer(turn: Turn, behind: Buffer = Buffer.alloc(0)): void {
  turn.did("answered");
  finish(turn, Buffer.concat([headBytes(turn.plan), ...bodyPieces(turn.plan), behind]));
}

/** Answers within 10 ms, at about the time when the client loses patience. */
export function answerLater(turn: Turn): void {
  setTimeout(() => giveAnswer(turn), turn.plan.pace * 10);
}

/** Answers in ten pieces, 1 to 20 ms apart. */
export function answerSlowly(turn: Turn): void {
  const all = Buffer.concat([headBytes(turn.plan), ...bodyPieces(turn.plan)]);
  const size = Math.ceil(all.length / 10);
  turn.did("answered");
  const go = (start: number): void => {
    if (start + size >= all.length) return finish(turn, all.subarray(start));
    turn.socket.write(all.subarray(start, start + size));
    setTimeout(() => go(start + size), 1 + turn.plan.pace * 19);
  };
  go(0);
}

function finish({ plan, socket, done }: Turn, last: Buffer): void {
  if (plan.answer.framing === "close") return void socket.end(last);
  socket.write(last);
  done();
}
