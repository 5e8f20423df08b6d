import { expect, test } from "vitest";
import { createSessions } from "./sessions.ts";

test("a token is traded once, for a session of the dashboard", () => {
  const sessions = createSessions();
  const token = sessions.createToken();
  const secret = sessions.tradeToken(token) ?? "";
  expect(sessions.find(secret)).toBe("dashboard");
  expect(sessions.tradeToken(token)).toBeUndefined();
  expect(sessions.find(token)).toBeUndefined();
});

test("a ticket is good for its page, once, and for a minute", () => {
  let now = 0;
  const sessions = createSessions(() => now);
  const [first, second] = [sessions.createTicket("one"), sessions.createTicket("one")];
  expect(sessions.takeTicket("two", first)).toBe(false);
  expect(sessions.takeTicket("one", first)).toBe(true);
  expect(sessions.takeTicket("one", first)).toBe(false);
  now = 60_001;
  expect(sessions.takeTicket("one", second)).toBe(false);
});

test("what ends with a page is its sessions and its tickets, and nobody else's", () => {
  const sessions = createSessions();
  const [one, two] = [sessions.open("one"), sessions.open("two")];
  const ticket = sessions.createTicket("one");
  sessions.end("one");
  expect(sessions.find(one)).toBeUndefined();
  expect(sessions.takeTicket("one", ticket)).toBe(false);
  expect(sessions.find(two)).toEqual({ label: "two" });
});

test("however many pages are opened, the dashboard stays signed in, and the oldest are forgotten", () => {
  const sessions = createSessions();
  const dashboard = sessions.tradeToken(sessions.createToken()) ?? "";
  const first = sessions.open("one");
  for (let opening = 0; opening < 4096; opening += 1) sessions.open("one");
  expect(sessions.find(first)).toBeUndefined();
  expect(sessions.find(dashboard)).toBe("dashboard");
});
