import type { Requirement } from "./requirement.ts";

/** Everything that is required, in the order in which it is checked. */
export const requirements = [
  // Listening and dialling
  { id: "listen.reports-bound-endpoint", says: "A listener says the address at which it can be dialled.", needs: ["listen"] },
  { id: "listen.in-use-fails", says: "Listening where somebody listens fails with ENDPOINT_IN_USE.", needs: ["listen"] },
  {
    id: "listen.never-steals-live-endpoint",
    says: "A live listener keeps its address and its streams, whoever else wants to listen there.",
    needs: ["listen"],
  },
  {
    id: "listen.reclaims-stale-endpoint",
    says: "What a dead listener left does not keep the next one from listening.",
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
  { id: "connect.appears-later", says: "An address can be dialled as soon as somebody listens there.", needs: ["listen"] },
  {
    id: "connect.forbidden-fails",
    says: "Dialling another owner's listener than the address asks for fails with ENDPOINT_FORBIDDEN.",
    needs: ["listen", "checksOwner"],
  },
  { id: "connect.foreign-address-fails", says: "An address of another scheme fails with ENDPOINT_INVALID." },
  {
    id: "connect.too-long-fails",
    says: "An address over the limit fails with ENDPOINT_INVALID, dialled or listened on; one at the limit does not.",
    needs: ["listen", "maxAddressBytes"],
  },
  { id: "close.idempotent", says: "Closing a listener twice, at once or later, is closing it once.", needs: ["listen"] },
  { id: "close.settles-closed-once", says: "A stream closes once, and both of its ends learn of it.", needs: ["listen"] },
  { id: "dispose.equals-close", says: "Disposing a listener is closing it without grace.", needs: ["listen"] },
  {
    id: "close.cycles-leave-nothing",
    says: "After many streams were dialled and closed, handles, descriptors, listeners of the signal and memory are as before.",
  },

  // Bytes
  { id: "channel.order-kept", says: "Bytes arrive in the order in which they were written, all of them, unchanged." },
  { id: "channel.both-directions", says: "Both directions carry bytes at once." },
  { id: "channel.backpressure", says: "A peer that does not read holds the writer back; nothing is lost." },
  {
    id: "channel.half-close-kept",
    says: "An end that has finished writing still reads what the other one writes.",
    needs: ["halfClose"],
  },
  { id: "channel.half-open-peer-detected", says: "A peer that goes away is noticed: reading ends." },
] as const satisfies readonly Requirement[];

/** The id of a requirement. */
export type RequirementId = (typeof requirements)[number]["id"];
