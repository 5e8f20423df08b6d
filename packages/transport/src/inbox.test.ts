import { expect, it } from "vitest";
import { createInbox, type Inbox } from "./inbox.ts";

const KiB = 1024;

function create(): { inbox: Inbox<number>; told: string[] } {
  const told: string[] = [];
  const inbox = createInbox<number>({ onRoom: () => told.push("room"), onLeave: () => told.push("left") });
  return { inbox, told };
}

it("has room until 64 KiB wait, and then not before half of that was taken", async () => {
  const { inbox, told } = create();
  for (let index = 0; index < 4; index += 1) {
    expect(inbox.hasRoom).toBe(true);
    inbox.put(index, 16 * KiB);
  }
  expect(inbox.hasRoom).toBe(false);
  await inbox.reader.next();
  expect([inbox.hasRoom, told]).toEqual([false, []]);
  await inbox.reader.next();
  expect([inbox.hasRoom, told]).toEqual([false, []]);
  await inbox.reader.next();
  expect([inbox.hasRoom, told]).toEqual([true, ["room"]]);
  await inbox.reader.next();
  expect(told).toEqual(["room"]);
});

it("counts what is empty, too, and nothing that somebody waits for", async () => {
  const { inbox } = create();
  const waiting = inbox.reader.next();
  inbox.put(0, KiB * KiB);
  expect(inbox.hasRoom).toBe(true);
  expect(await waiting).toEqual({ done: false, value: 0 });
  for (let index = 0; index < KiB; index += 1) inbox.put(index, 0);
  expect(inbox.hasRoom).toBe(false);
});

it("gives everything before its end, once, and an error once", async () => {
  const { inbox, told } = create();
  inbox.put(1, 1);
  inbox.end(new Error("lost"));
  inbox.end();
  inbox.put(2, 1);
  inbox.cut(new Error("too late"));
  expect(await inbox.reader.next()).toEqual({ done: false, value: 1 });
  await expect(inbox.reader.next()).rejects.toThrow("lost");
  expect(await inbox.reader.next()).toEqual({ done: true, value: undefined });
  await inbox.reader.return?.();
  expect(told).toEqual([]);
});

it("tells those who wait that it ended, the first of them why", async () => {
  const { inbox } = create();
  const waiting = Promise.allSettled([inbox.reader.next(), inbox.reader.next()]);
  inbox.end(new Error("lost"));
  expect(await waiting).toMatchObject([
    { status: "rejected", reason: { message: "lost" } },
    { status: "fulfilled", value: { done: true } },
  ]);
});

it("asks for nothing more once it ended", async () => {
  const { inbox, told } = create();
  inbox.put(1, 64 * KiB);
  inbox.end();
  expect(await inbox.reader.next()).toEqual({ done: false, value: 1 });
  expect(told).toEqual([]);
});

it("drops what waits when it is cut", async () => {
  const { inbox, told } = create();
  inbox.put(1, 64 * KiB);
  inbox.cut(new Error("aborted"));
  expect(inbox.hasRoom).toBe(true);
  await expect(inbox.reader.next()).rejects.toThrow("aborted");
  expect(told).toEqual([]);
});

it("tells once that its reader left, and keeps nothing then", async () => {
  const { inbox, told } = create();
  inbox.put(1, 64 * KiB);
  for await (const item of inbox.reader) {
    expect(item).toBe(1);
    break;
  }
  inbox.put(2, 64 * KiB);
  await inbox.reader.return?.();
  expect(await inbox.reader.next()).toEqual({ done: true, value: undefined });
  expect([inbox.hasRoom, told]).toEqual([true, ["room", "left"]]);
  const errored = create();
  errored.inbox.end(new Error("lost"));
  await errored.inbox.reader.return?.();
  expect(await errored.inbox.reader.next()).toEqual({ done: true, value: undefined });
});
