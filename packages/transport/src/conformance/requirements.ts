/** Everything that is required, in the order in which it is checked. */
export const requirements = [
  // Listening and dialling
  {
    id: "listen.reports-bound-endpoint",
    says: "A listener says the address at which it can be dialled.",
    needs: ["listen"],
  },
  {
    id: "listen.in-use-fails",
    says: "Listening where somebody listens fails with ENDPOINT_IN_USE.",
    needs: ["listen"],
  },
  {
    id: "listen.never-steals-live-endpoint",
    says: "A live listener keeps its address and its streams, whoever else wants to listen there.",
    needs: ["listen"],
  },
  {
    id: "listen.reclaims-stale-endpoint",
    says: "What a dead listener left does not keep the next one from listening.",
    rows: ["X10"],
    needs: ["listen", "leavesFile"],
  },
  {
    id: "listen.close-drains-within-grace",
    says: "Closing with grace lets accepted streams end by themselves, takes no new ones, and destroys the rest when the grace is over.",
    needs: ["listen"],
  },
  {
    id: "listen.close-removes-endpoint",
    says: "After closing, an address is unreachable, leaves nothing behind, and can be listened on anew.",
    needs: ["listen"],
  },
  { id: "connect.unreachable-fails", says: "Dialling where nobody listens fails with ENDPOINT_UNREACHABLE." },
  {
    id: "connect.appears-later",
    says: "An address can be dialled as soon as somebody listens there.",
    rows: ["X09"],
    needs: ["listen"],
  },
  {
    id: "connect.forbidden-fails",
    says: "Dialling another owner's listener than the address asks for fails with ENDPOINT_FORBIDDEN.",
    rows: ["X14"],
    needs: ["listen", "checksOwner"],
  },
  { id: "connect.foreign-address-fails", says: "An address of another scheme fails with ENDPOINT_INVALID." },
  {
    id: "connect.too-long-fails",
    says: "An address over the limit fails with ENDPOINT_INVALID, dialled or listened on; one at the limit does not.",
    rows: ["X15"],
    needs: ["listen", "maxAddressBytes"],
  },
  {
    id: "close.idempotent",
    says: "Closing a listener twice, at once or later, is closing it once.",
    needs: ["listen"],
  },
  {
    id: "close.settles-closed-once",
    says: "A stream closes once, and both of its ends learn of it.",
    needs: ["listen"],
  },
  { id: "dispose.equals-close", says: "Disposing a listener is closing it without grace.", needs: ["listen"] },
  {
    id: "close.cycles-leave-nothing",
    says: "After many streams were dialled and closed, handles, descriptors, listeners of the signal and memory are as before.",
  },

  // Bytes
  { id: "channel.order-kept", says: "Bytes arrive in the order in which they were written, all of them, unchanged." },
  { id: "channel.both-directions", says: "Both directions carry bytes at once." },
  {
    id: "channel.backpressure",
    says: "A peer that does not read holds the writer back, and nothing is lost.",
    needs: ["listen"],
  },
  {
    id: "channel.half-close-kept",
    says: "An end that has finished writing still reads what the other one writes.",
    needs: ["halfClose"],
  },
  { id: "channel.half-open-peer-detected", says: "A peer that goes away is noticed: reading ends." },

  // Messages and other protocols
  {
    id: "upgrade.carries-bytes",
    says: "After a switch of protocols the stream carries bytes both ways, from the first one on.",
  },
  {
    id: "upgrade.refusal-is-an-answer",
    says: "A backend that refuses to switch has answered: its status and its body are read.",
  },
  { id: "events.order-kept", says: "Server-sent events arrive whole and in order, and the stream ends with the last." },
  {
    id: "channel.message-boundaries",
    says: "Messages of a WebSocket arrive as they were sent: text as text, bytes as bytes, each whole.",
  },
  {
    id: "channel.slow-reader-bounded",
    says: "Ten thousand messages reach a slow reader in their order, and none is lost.",
    rows: ["X40"],
  },
  { id: "limit.exact-size-accepted", says: "A message of exactly the limit arrives." },
  {
    id: "limit.too-large-rejected",
    says: "A message over the limit is MESSAGE_TOO_LARGE, and ends that connection alone.",
  },

  // HTTP
  {
    id: "request.round-trip",
    says: "Method, path, fields and body reach the backend, status, fields and body the caller.",
  },
  { id: "request.empty-body", says: "No body, and an answer without one, are no body at all." },
  { id: "request.binary-exact", says: "Every byte value passes unchanged, both ways." },
  {
    id: "request.streams-body",
    says: "A body streams up while its answer streams down, no faster than either is read.",
  },
  {
    id: "request.headers-case-insensitive",
    says: "A field replaces one of another spelling; answers keep their spelling, order and duplicates.",
  },
  {
    id: "request.handler-error-becomes-status",
    says: "A backend's failure is an answer with its status, not a failure of the call.",
  },
  { id: "request.concurrent-no-crosstalk", says: "Many requests at once get their own answers each." },
  {
    id: "request.sent-once",
    says: "A request whose connection closes before its answer is not sent again.",
    needs: ["listen"],
  },
  {
    id: "request.early-answer-delivered",
    says: "An answer that comes while the request is still being sent is delivered, though its sender may then have finished.",
    rows: ["X06"],
  },
  {
    id: "request.utf8-split-decoded",
    says: "Text is decoded whole, wherever the pieces of its bytes begin.",
    rows: ["X36"],
  },

  // Limits of a call
  {
    id: "signal.before-call-never-dials",
    says: "A signal that has fired ends the call before anything is dialled.",
    needs: ["listen"],
  },
  {
    id: "signal.during-call-aborts",
    says: "A signal ends a call with ABORTED, before its answer and in the middle of it.",
  },
  { id: "signal.reason-is-cause", says: "The signal's reason is the cause of the error." },
  {
    id: "signal.reaches-the-peer",
    says: "A call that ends early closes its connection, and the backend sees that within a second.",
    rows: ["X38"],
    needs: ["listen"],
  },
  {
    id: "timeout.is-deadline-exceeded",
    says: "A call over its time ends with DEADLINE_EXCEEDED: no answer, or no end of it.",
    rows: ["X02"],
  },
  { id: "abort.leaves-connection-usable", says: "After a call ended early, the client serves the next one." },

  // Faults
  {
    id: "fault.cut-mid-message",
    says: "A connection that closes in the middle of an answer is CONNECTION_LOST, never an end.",
    rows: ["X01"],
  },
  { id: "fault.closed-before-answer", says: "A connection that closes before the answer is CONNECTION_LOST." },
  {
    id: "fault.reset-is-connection-lost",
    says: "A connection that is reset in the middle of a request is CONNECTION_LOST, and the next request goes out on another one.",
    rows: ["X07"],
  },
  {
    id: "fault.wrong-length",
    says: "A body shorter than its length is CONNECTION_LOST; of a longer one nothing reaches the next request.",
    rows: ["X05"],
  },
  { id: "fault.split-frames", says: "An answer in pieces of one byte is the same answer." },
  {
    id: "fault.coalesced-frames",
    says: "An answer in one piece with what follows it is the same answer, and what follows reaches nobody.",
    rows: ["X04"],
  },
  { id: "fault.garbage-is-malformed", says: "What is not HTTP is MESSAGE_MALFORMED.", rows: ["X03"] },
  {
    id: "fault.trickle-goes-on",
    says: "A slow answer is not cut off while it moves, and can be called off.",
    rows: ["X08"],
  },

  // Mutual proof
  {
    id: "proof.admits-who-knows",
    says: "Two ends that know a secret prove it to each other, agree on a purpose, and lose no byte that comes with it.",
    needs: ["listen"],
  },
  {
    id: "proof.server-proves-first",
    says: "Whoever listens in the place of one who knows the secret is found out, and is told nothing that depends on it.",
    needs: ["listen"],
  },
  {
    id: "proof.refuses-strangers",
    says: "Whoever dials without the secret, in another way, or with an old proof, is cut off within the limit.",
    needs: ["listen"],
  },

  // Sizes
  {
    id: "limit.many-at-once",
    says: "Two hundred requests at once by one client are all answered; eight where each costs a program.",
    rows: ["X39"],
  },
] as const;

/** The id of a requirement. */
export type RequirementId = (typeof requirements)[number]["id"];
