import type { Extension, HostEvent } from "@bowsprit/core";

/** The list after an event: a changed extension replaces its former self or is added, a removed one is gone. In order of title. */
export function reduceCatalog(extensions: readonly Extension[], event: HostEvent): readonly Extension[] {
  const id = event.type === "changed" ? event.extension.id : event.id;
  const others = extensions.filter((extension) => extension.id !== id);
  if (event.type === "removed") return others.length === extensions.length ? extensions : others;
  return inOrder([...others, event.extension]);
}

/** The extensions by title, then by id. */
export function inOrder(extensions: readonly Extension[]): readonly Extension[] {
  return extensions.toSorted((a, b) => a.title.localeCompare(b.title) || a.id.localeCompare(b.id));
}
