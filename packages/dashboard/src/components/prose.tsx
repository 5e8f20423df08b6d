import type { JSX } from "preact";

/** A sentence of ours or of the gateway's, in which what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split("`");
  // An even number of parts has a backtick without its partner: it is then only a character.
  if (parts.length % 2 === 0) return <p>{text}</p>;
  return <p>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</p>;
}
