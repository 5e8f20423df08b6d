/** Whose body it is: a request's or an answer's. */
export type Side = ">" | "<";

/** A body that says in each of its parts which request it belongs to. */
export function fillBody(id: number, side: Side, bytes: number): Buffer {
  return Buffer.alloc(bytes, `${id}${side}`);
}

/** The id at the beginning of a body, or 0 where there is none. */
export function idOfBody(body: Uint8Array, side: Side): number {
  const start = Buffer.from(body.subarray(0, 16)).toString("latin1");
  const end = start.indexOf(side);
  return end > 0 ? Number(start.slice(0, end)) || 0 : 0;
}
