import { createParser } from "eventsource-parser";
import type { ServiceEvent } from "./service-event.ts";

/** Makes events of bytes, wherever these are cut. */
export interface EventReader {
  /** False when an event is over the limit: nothing comes of it, nor of what follows. */
  feed(bytes: Uint8Array): boolean;
}

export interface EventReaderOptions {
  /** Bytes of one event's type, data and id. */
  readonly maxEventBytes: number;
  /** Takes an event; `bytes` are what the limit counts. */
  readonly onEvent: (event: ServiceEvent, bytes: number) => void;
}

/** The longest thing on a line besides its value: `event: ` or `retry: `. */
const fieldNameLength = 7;

/** Reads `text/event-stream`. What is not whole at the end of a stream is no event, as the specification has it. */
export function createEventReader({ maxEventBytes, onEvent }: EventReaderOptions): EventReader {
  // The parser takes the mark of byte order away; a decoder that did it, too, would take a second one.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let id = "";
  let isOver = false;
  const parser = createParser({
    // It counts characters and holds them before they are an event: never more of them than bytes.
    maxBufferSize: maxEventBytes + fieldNameLength,
    onError: ({ type }) => (isOver ||= type === "max-buffer-size-exceeded"),
    onId: (value) => (id = value),
    onEvent({ event: type = "message", data }) {
      const bytes = Buffer.byteLength(type) + Buffer.byteLength(data) + Buffer.byteLength(id);
      isOver ||= bytes > maxEventBytes;
      if (!isOver) onEvent({ type, data, id }, bytes);
    },
  });
  return {
    feed(bytes) {
      if (!isOver) parser.feed(decoder.decode(bytes, { stream: true }));
      return !isOver;
    },
  };
}
