import { parentPort, workerData } from "node:worker_threads";
import { BowspritError } from "@bowsprit/core";
import type { ImageProgress } from "./session/image-location.ts";
import type { ImageQuestion, ImageReply, ImageThreadData } from "./session/image-messages.ts";
import { type ImageSession, openImageSession } from "./session/open-image-session.ts";

/** Messages a second that say how far it is: more than anybody can see. */
const progressPerSecond = 20;

// The thread in which an image is read: whoever opens one goes on meanwhile. It ends with the one who made it.
const data = workerData as ImageThreadData;
const say = (reply: ImageReply): void => parentPort?.postMessage(reply);
const opening = openImageSession(data.location, {
  ...data,
  onProgress: limitRate((progress) => say({ say: "progress", progress })),
});

async function answer(work: (session: ImageSession) => Promise<unknown>): Promise<void> {
  try {
    say({ say: "answer", value: (await work(await opening)) as Extract<ImageReply, { say: "answer" }>["value"] });
  } catch (error) {
    say({ say: "failure", error: BowspritError.from(error).toJSON() });
  }
}

parentPort?.on("message", (question: ImageQuestion) => {
  void answer((session) =>
    question.ask === "write"
      ? session.write(question.target, question.paths)
      : session.readText(question.path, question.maxBytes),
  );
});
void answer(async ({ facts }) => facts);

/** The last of each phase is always told. */
function limitRate(tell: (progress: ImageProgress) => void): (progress: ImageProgress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.bytes < progress.total && now - last < 1000 / progressPerSecond) return;
    last = now;
    tell(progress);
  };
}
