/** What a client asks for; in one client process it is asked for over and over. */
export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** How the body of the answer is read: as text that is JSON, or as bytes. */
  readonly answer: "json" | "bytes";
}

/** An answer that was read to its end. Text is parsed by whoever checks it; of a body that is only counted there is the length. */
export interface Answer {
  readonly status: number;
  readonly body: string | { readonly length: number };
}

/** About 200 bytes, the answer to all but {@link bigCall}. */
const smallBody: string = JSON.stringify({
  ok: true,
  message: "Hello from the backend",
  items: [1, 2, 3],
  text: "A small answer is what most requests of a page are for: a list of a few names, a state, a number or two.",
});

/** One MiB of ASCII, so that it can be sent as text, too. */
const bigBody: Buffer = Buffer.alloc(1_048_576, "Bowsprit");

export const smallCall: Call = {
  method: "GET",
  path: "/small",
  headers: { accept: "application/json" },
  answer: "json",
};

export const bigCall: Call = {
  method: "GET",
  path: "/big",
  headers: { accept: "application/octet-stream" },
  answer: "bytes",
};

export const uploadCall: Call = {
  method: "POST",
  path: "/upload",
  headers: { accept: "application/json", "content-type": "application/octet-stream" },
  body: bigBody,
  answer: "json",
};

/** In this order their places stand for their paths where a path is a number. */
export const calls: readonly Call[] = [smallCall, bigCall, uploadCall];

/** The body that answers a call. */
export function answerTo(call: Call): Buffer {
  return call.answer === "bytes" ? bigBody : Buffer.from(smallBody);
}
