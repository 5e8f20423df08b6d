import { describe, expect, it } from "vitest";
import { createManualClock } from "../test/manual-clock.ts";
import { createEventFeed, type EventFeedOptions, type FeedSocket } from "./create-event-feed.ts";

/** A socket whose other end is the test. */
class TestSocket extends EventTarget {
  closed = false;

  close(): void {
    this.closed = true;
    this.dispatchEvent(new Event("close"));
  }

  say(type: "open" | "close"): void {
    this.dispatchEvent(new Event(type));
  }

  send(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(data) }));
  }
}

function setUp(options: Partial<EventFeedOptions> = {}) {
  const clock = createManualClock();
  const sockets: TestSocket[] = [];
  const log: string[] = [];
  const feed = createEventFeed({
    connect: () => {
      const socket = new TestSocket();
      sockets.push(socket);
      return socket as FeedSocket;
    },
    after: clock.after,
    onEvent: (event) => log.push(event.type === "removed" ? `removed ${event.id}` : `changed ${event.extension.id}`),
    onUp: () => log.push("up"),
    onDown: () => log.push("down"),
    ...options,
  });
  const last = (): TestSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  };
  return { clock, sockets, log, feed, last };
}

describe("the event feed", () => {
  it("connects at once, says so, and hands on what it understands", () => {
    const { feed, log, last } = setUp();
    expect(feed.value()).toBe("connecting");
    last().say("open");
    expect(feed.value()).toBe("connected");
    last().send({ type: "removed", id: "hello" });
    last().send({ type: "later" });
    expect(log).toEqual(["up", "removed hello"]);
  });

  it("connects again half a second after a loss, and asks for what was missed", () => {
    const { clock, feed, sockets, log, last } = setUp();
    last().say("open");
    last().say("close");
    expect(feed.value()).toBe("waiting");
    clock.advance(499);
    expect(sockets).toHaveLength(1);
    clock.advance(1);
    expect(sockets).toHaveLength(2);
    expect(feed.value()).toBe("connecting");
    last().say("open");
    expect(log).toEqual(["up", "down", "up"]);
  });

  it("doubles the wait at every failure in a row, up to fifteen seconds", () => {
    const { clock, last } = setUp();
    const waits = Array.from({ length: 8 }, () => {
      last().say("close");
      const [wait = 0] = clock.waiting();
      clock.advance(wait);
      return wait;
    });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it("begins with a short wait again after a success", () => {
    const { clock, last } = setUp();
    for (let count = 0; count < 4; count += 1) {
      last().say("close");
      clock.advance(15_000);
    }
    last().say("open");
    last().say("close");
    expect(clock.waiting()).toEqual([500]);
  });

  it("tries at once when it is told to, and then no second time", () => {
    const { clock, feed, sockets, last } = setUp();
    feed.retry();
    expect(sockets).toHaveLength(1);
    last().say("close");
    feed.retry();
    expect(sockets).toHaveLength(2);
    clock.advance(60_000);
    expect(sockets).toHaveLength(2);
  });

  it("hears nothing from a socket that another has replaced", () => {
    const { clock, sockets, log, last, feed } = setUp();
    last().say("close");
    clock.advance(500);
    last().say("open");
    sockets[0]?.say("open");
    sockets[0]?.send({ type: "removed", id: "hello" });
    sockets[0]?.say("close");
    expect(feed.value()).toBe("connected");
    expect(log).toEqual(["down", "up"]);
  });

  it("closes its socket and tries no more once it is closed, also when that happens while it tells of a loss", () => {
    const open = setUp();
    open.last().say("open");
    open.feed.close();
    expect(open.last().closed).toBe(true);
    expect(open.log).toEqual(["up"]);

    const waiting = setUp({ onDown: () => waiting.feed.close() });
    waiting.last().say("close");
    waiting.clock.advance(60_000);
    waiting.feed.retry();
    expect(waiting.sockets).toHaveLength(1);
    expect(waiting.feed.value()).toBe("closed");
  });
});
