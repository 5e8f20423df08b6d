import { ErrorCode } from "@bowsprit/core";
import { expect, it } from "vitest";
import { closed, openSocketPair, type SocketPair } from "../test/socket-pair.ts";
import { createMessageChannel } from "./create-message-channel.ts";
import { serveMessages } from "./serve-messages.ts";

it("opens one connection for calls at the same time, and another where that was lost or could not be had", async () => {
  const pairs: SocketPair[] = [];
  let isDown = true;
  await using channel = createMessageChannel(async () => {
    if (isDown) throw new Error("down");
    const pair = await openSocketPair();
    pairs.push(pair);
    serveMessages(pair.server, { start: async () => ({}) });
    return pair.client;
  });
  const call = (): Promise<unknown> => channel.call("start", { id: "one" });
  await expect(call()).rejects.toThrow("down");
  isDown = false;
  expect(await Promise.all([call(), call(), call()])).toEqual([{}, {}, {}]);
  expect(pairs.length).toBe(1);
  pairs[0]?.server.destroy();
  for (const { client } of pairs) await closed(client);
  expect(await Promise.all([call(), call()])).toEqual([{}, {}]);
  expect(pairs.length).toBe(2);
  const controller = new AbortController();
  controller.abort();
  const late = channel.call("start", { id: "one" }, { signal: controller.signal });
  await expect(late).rejects.toMatchObject({ code: ErrorCode.Aborted });
  for (const pair of pairs) await pair[Symbol.asyncDispose]();
});
