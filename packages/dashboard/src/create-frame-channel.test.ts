import { afterEach, describe, expect, it } from "vitest";
import { createFrameChannel, type FrameChannel, type FrameChannelOptions } from "./create-frame-channel.ts";
import type { PageToast } from "./read-toast.ts";

const origin = "http://0123456789abcdef0123456789abcdef.bowsprit.localhost:4711";
const connect = { type: "bowsprit:connect" };
const marker = { type: "toast", level: "success", text: "the last" };

let ports: MessagePort[] = [];
let channel: FrameChannel | undefined;

afterEach(() => {
  channel?.close();
  for (const port of ports) port.close();
  ports = [];
});

function pipe(): MessageChannel {
  const made = new MessageChannel();
  ports.push(made.port1, made.port2);
  return made;
}

/** Comes when the other end of a port was closed. */
function closing(port: MessagePort): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  port.addEventListener("close", () => resolve());
  port.start();
  return promise;
}

/** A dashboard's window with one frame, and a way to post to it as anybody. */
function setUp(options: Partial<FrameChannelOptions> = {}) {
  const receiver = new EventTarget();
  const frame = { name: "the window inside the frame" };
  const toasts: PageToast[] = [];
  const heard = Promise.withResolvers<void>();
  channel = createFrameChannel({
    receiver,
    frame: () => frame,
    origin,
    now: () => 0,
    onToast: (toast) => {
      toasts.push(toast);
      if (toast.text === marker.text) heard.resolve();
    },
    ...options,
  });
  const post = (message: Readonly<Record<string, unknown>>): void => {
    // Not a `MessageEvent`: Node lets no object but a port be its source.
    receiver.dispatchEvent(
      Object.assign(new Event("message"), { source: frame, origin, data: connect, ports: [], ...message }),
    );
  };
  /** Connects as the page should; the function says one last thing and answers with all that was shown until then. */
  const connectPage = (): (() => Promise<readonly PageToast[]>) => {
    const { port1, port2 } = pipe();
    post({ ports: [port2] });
    return async () => {
      port1.postMessage(marker);
      await heard.promise;
      return toasts.slice(0, -1);
    };
  };
  return { post, toasts, heard: heard.promise, connectPage };
}

describe("a frame channel", () => {
  it("shows the toasts of the frame it was made for, in their order", async () => {
    const { post, toasts, heard } = setUp();
    const { port1, port2 } = pipe();
    post({ ports: [port2] });
    for (const level of ["success", "warning", "error"]) port1.postMessage({ type: "toast", level, text: level });
    port1.postMessage(marker);
    await heard;
    expect(toasts.map(({ text }) => text)).toEqual(["success", "warning", "error", marker.text]);
  });

  it.each([
    ["another window", { source: { name: "the window inside the frame" } }],
    ["no window", { source: null }],
    ["another extension's origin", { origin: origin.replace("0123", "3210") }],
    ["the dashboard's origin", { origin: "http://bowsprit.localhost:4711" }],
    ["an origin that only begins like the page's", { origin: `${origin}0` }],
    ["the opaque origin", { origin: "null" }],
    ["a message of another type", { data: { type: "bowsprit:hello" } }],
    ["a message that is text", { data: "bowsprit:connect" }],
    ["a message that is nothing", { data: null }],
  ])("takes no port from %s", async (_, difference) => {
    const { post, connectPage } = setUp();
    const shownAtEnd = connectPage();
    const { port1, port2 } = pipe();
    post({ ports: [port2], ...difference });
    expect(port2.onmessage).toBeNull();
    port1.postMessage({ type: "toast", level: "error", text: "forged" });
    // A port that was taken would have closed the page's own, and this would never come.
    expect(await shownAtEnd()).toEqual([]);
  });

  it("takes no port while the frame has no window, not even from no window", () => {
    const { post, toasts } = setUp({ frame: () => null });
    const { port2 } = pipe();
    post({ source: null, ports: [port2] });
    expect(port2.onmessage).toBeNull();
    expect(toasts).toEqual([]);
  });

  it("takes neither of two ports, and stands a connect without any", async () => {
    const { post, connectPage } = setUp();
    const shownAtEnd = connectPage();
    const [first, second] = [pipe(), pipe()];
    post({ ports: [first.port2, second.port2] });
    post({ ports: [] });
    expect([first.port2.onmessage, second.port2.onmessage]).toEqual([null, null]);
    expect(await shownAtEnd()).toEqual([]);
  });

  it("leaves out what is not a toast", async () => {
    const { post, toasts, heard } = setUp();
    const { port1, port2 } = pipe();
    post({ ports: [port2] });
    const malformed = [null, 1, "toast", [], {}, { type: "toast" }, { type: "toast", level: "info", text: "x" }];
    for (const message of malformed) port1.postMessage(message);
    port1.postMessage({ type: "toast", level: "error", text: { toString: "x" } });
    port1.postMessage({ type: "other", level: "error", text: "x" });
    port1.postMessage(marker);
    await heard;
    expect(toasts).toEqual([{ level: "success", text: marker.text }]);
  });

  it("shows twenty toasts in ten seconds, also when the page connects anew, and more after that", async () => {
    let asked = 0;
    const { post, toasts, heard } = setUp({ now: () => (++asked <= 26 ? 0 : 10_000) });
    const [first, second] = [pipe(), pipe()];
    post({ ports: [first.port2] });
    for (let count = 0; count < 13; count += 1) {
      first.port1.postMessage({ type: "toast", level: "success", text: `first ${count}` });
    }
    await expect.poll(() => toasts.length).toBe(13);
    post({ ports: [second.port2] });
    for (let count = 0; count < 13; count += 1) {
      second.port1.postMessage({ type: "toast", level: "success", text: `second ${count}` });
    }
    second.port1.postMessage(marker);
    await heard;
    expect(toasts.map(({ text }) => text).slice(-2)).toEqual(["second 6", marker.text]);
    expect(toasts).toHaveLength(21);
  });

  it("closes the old port when the page brought a new one", async () => {
    const { post, connectPage } = setUp();
    const { port1, port2 } = pipe();
    const closed = closing(port1);
    post({ ports: [port2] });
    const shownAtEnd = connectPage();
    port1.postMessage({ type: "toast", level: "error", text: "from before" });
    await closed;
    expect(await shownAtEnd()).toEqual([]);
  });

  it("closes the port and hears nothing more when the frame goes", async () => {
    const { post, toasts } = setUp();
    const [before, after] = [pipe(), pipe()];
    const closed = closing(before.port1);
    post({ ports: [before.port2] });
    channel?.close();
    await closed;
    post({ ports: [after.port2] });
    expect(after.port2.onmessage).toBeNull();
    expect(toasts).toEqual([]);
  });
});
