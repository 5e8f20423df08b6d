import { expect, it } from "vitest";
import { createEventReader } from "./event-reader.ts";
import type { ServiceEvent } from "./service-event.ts";

/** The events of some text, of each way to cut its bytes in two, and of each byte on its own: all the same. */
function read(text: string | Uint8Array): readonly ServiceEvent[] {
  const bytes = Buffer.from(text);
  const whole = feed([bytes]);
  for (let cut = 1; cut < bytes.length; cut += 1)
    expect(feed([bytes.subarray(0, cut), Buffer.alloc(0), bytes.subarray(cut)])).toEqual(whole);
  expect(feed([...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole);
  return whole;
}

function feed(chunks: readonly Uint8Array[]): readonly ServiceEvent[] {
  const events: ServiceEvent[] = [];
  const reader = createEventReader({ maxEventBytes: 1000, onEvent: (event) => void events.push(event) });
  for (const chunk of chunks) expect(reader.feed(chunk)).toBe(true);
  return events;
}

const message = (data: string, id = ""): ServiceEvent => ({ type: "message", data, id });

it.each([
  ["line feeds", "\n"],
  ["carriage returns", "\r"],
  ["both", "\r\n"],
])("ends lines with %s, wherever the bytes are cut", (_, end) => {
  const text = ["event: add", "id: 1", "data: a", "data:b", "", ": comment", "", "data", "data", "", ""].join(end);
  expect(read(text)).toEqual([{ type: "add", data: "a\nb", id: "1" }, message("\n", "1")]);
});

it("keeps an id until the stream gives another or an empty one, also where there was no event to go with it", () => {
  const text = "data: 1\n\nid: a\ndata: 2\n\ndata: 3\n\nid: b\n\ndata: 4\n\nid: c\0\ndata: 5\n\nid\ndata: 6\n\n";
  expect(read(text)).toEqual([
    message("1"),
    message("2", "a"),
    message("3", "a"),
    message("4", "b"),
    message("5", "b"),
    message("6"),
  ]);
});

it("takes one space after a colon, no field but the four, and an event of no name for a message", () => {
  expect(read("data:  x\nDATA: y\ndata : z\nfoo: bar\nfoo\nretry: 10\nretry: x\nevent:\n\nevent: only\n\n")).toEqual([
    message(" x"),
  ]);
});

it("takes one mark of byte order away, and is at home in every plane", () => {
  const mark = "\uFEFF";
  expect(read(`${mark}data: é€😀\n\n`)).toEqual([message("é€😀")]);
  expect(read(`data: ${mark}x\n\n`)).toEqual([message(`${mark}x`)]);
  expect(read(`${mark}${mark}data: x\n\n`)).toEqual([]);
});

it("reads what is not UTF-8 as the specification has it", () => {
  const bytes = Buffer.concat([Buffer.from("data: "), Buffer.from([0xc3, 0x28]), Buffer.from("\n\n")]);
  expect(read(bytes)).toEqual([message("\uFFFD(")]);
});

it("makes no event of what the end of the stream cut off", () => {
  expect(read("data: 1\n\ndata: 2\n")).toEqual([message("1")]);
});

it("takes an event of the limit and none of a byte more, however it comes", () => {
  const limit = 100;
  const within = ["data: x", `id: ${"i".repeat(10)}\nevent: ${"t".repeat(10)}\ndata: ${"d".repeat(80)}\n\n`];
  const cases = [
    [`event: t\ndata: ${"é".repeat(49)}\n\n`, `event: t\ndata: ${"é".repeat(50)}\n\n`],
    [within[1] ?? "", `${(within[1] ?? "").trimEnd()}d\n\n`],
    [`event:t\n${"data\n".repeat(100)}\n`, `event:t\n${"data\n".repeat(101)}\n`],
  ] as const;
  for (const [fits, isOver] of cases) {
    for (const size of [1, 7, 1000]) {
      expect(outcome(fits, size, limit)).toEqual({ isFed: true, events: 2 });
      expect(outcome(isOver, size, limit)).toEqual({ isFed: false, events: 1 });
    }
  }
});

it("keeps no more than the limit of an event that never ends, and nothing of what is no event", () => {
  for (const endless of ["data: ", "id: ", "event: ", "data: x\ndata: "]) {
    const reader = createEventReader({ maxEventBytes: 100, onEvent: () => {} });
    let fed = 0;
    reader.feed(Buffer.from(endless));
    while (reader.feed(Buffer.from("x")) && fed < 1000) fed += 1;
    expect(fed).toBeLessThan(110);
  }
  for (const endless of [": ", "foo: ", "x"]) {
    const reader = createEventReader({ maxEventBytes: 100, onEvent: () => {} });
    reader.feed(Buffer.from(endless));
    for (let fed = 0; fed < 1000; fed += 1) expect(reader.feed(Buffer.from("y"))).toBe(true);
  }
});

/** What becomes of an event before and one after `text`, in pieces of some size. */
function outcome(text: string, size: number, maxEventBytes: number): { isFed: boolean; events: number } {
  let events = 0;
  const reader = createEventReader({ maxEventBytes, onEvent: () => (events += 1) });
  reader.feed(Buffer.from("event:t\ndata: first\n\n"));
  const bytes = Buffer.from(text);
  let isFed = true;
  for (let at = 0; at < bytes.length; at += size) isFed = reader.feed(bytes.subarray(at, at + size));
  return { isFed, events };
}
