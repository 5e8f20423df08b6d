import { type HostEvent, isExtensionId } from "@bowsprit/core";

/** Reads a frame of the event socket. Undefined for what this dashboard does not know, which a later gateway may send. */
export function readEvent(text: unknown): HostEvent | undefined {
  if (typeof text !== "string") return undefined;
  const event = parse(text);
  if (!isObject(event)) return undefined;
  const { type, id, extension } = event;
  if (type === "removed") return typeof id === "string" && isExtensionId(id) ? { type, id } : undefined;
  if (type !== "changed" || !isObject(extension)) return undefined;
  const named = typeof extension["id"] === "string" && isExtensionId(extension["id"]);
  const whole = typeof extension["title"] === "string" && Array.isArray(extension["services"]);
  return named && whole ? (event as unknown as HostEvent) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
