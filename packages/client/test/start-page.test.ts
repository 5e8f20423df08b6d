import { once } from "node:events";
import { expect, it, vi } from "vitest";
import type { DdClient } from "../src/dd-client.ts";
import { type PageWindow, startPage } from "../src/start-page.ts";

const config = {
  image: "vendor/name:1.0",
  dashboard: "http://bowsprit.localhost:4711",
  host: { platform: "linux", arch: "x64", hostname: "box" },
  offers: { service: true, vm: true, host: true },
};

interface Stage {
  readonly window: PageWindow & { readonly ddClient?: DdClient };
  readonly error: ReturnType<typeof vi.fn>;
  readonly postMessage: ReturnType<typeof vi.fn>;
}

/** As much of a framed window as the client looks at. */
function stage(attribute: string | undefined, own: object = {}): Stage {
  const error = vi.fn();
  const postMessage = vi.fn();
  const window = {
    document: { currentScript: { dataset: { bowsprit: attribute } } },
    location: { origin: "http://page.localhost" },
    console: { error },
    parent: { postMessage },
    fetch,
    WebSocket,
    open: () => null,
    addEventListener: () => undefined,
    reportError: () => {},
    ...own,
  };
  return { window: window as unknown as Stage["window"], error, postMessage };
}

it("defines ddClient for good: nobody can replace or remove it", () => {
  const { window, error } = stage(JSON.stringify(config));
  startPage(window);
  expect(window.ddClient?.extension.image).toBe("vendor/name:1.0");
  expect(Object.getOwnPropertyDescriptor(window, "ddClient")).toMatchObject({
    writable: false,
    configurable: false,
    enumerable: true,
  });
  expect(error).not.toHaveBeenCalled();
});

it.each([undefined, "", "{", "{}"])("with the attribute %j defines nothing, and says why in one line", (attribute) => {
  const { window, error, postMessage } = stage(attribute);
  startPage(window);
  expect("ddClient" in window).toBe(false);
  expect(error).toHaveBeenCalledOnce();
  expect(error.mock.calls[0]?.map(String).join(" ")).toMatch(/no window\.ddClient .*read data-bowsprit: /);
  expect(postMessage).not.toHaveBeenCalled();
});

it("without a script element under way defines nothing", () => {
  const { window, error } = stage(undefined, { document: { currentScript: null } });
  startPage(window);
  expect("ddClient" in window).toBe(false);
  expect(error).toHaveBeenCalledOnce();
});

it("leaves the client alone when the script runs twice", () => {
  const { window, postMessage } = stage(JSON.stringify(config));
  startPage(window);
  const first = window.ddClient;
  startPage(window);
  expect(window.ddClient).toBe(first);
  expect(postMessage).toHaveBeenCalledOnce();
});

it("offers the dashboard one port, on its exact origin, and shows its toasts over it", async () => {
  const { window, postMessage } = stage(JSON.stringify(config));
  startPage(window);
  const [message, origin, [port, ...more]] = postMessage.mock.calls[0] as [unknown, string, MessagePort[]];
  expect([message, origin, more]).toEqual([{ type: "bowsprit:connect" }, "http://bowsprit.localhost:4711", []]);
  if (port === undefined) throw new Error("no port was handed over");
  window.ddClient?.desktopUI.toast.warning("mind the gap");
  port.start();
  const [said] = await once(port, "message");
  expect(said).toEqual({ type: "toast", level: "warning", text: "mind the gap" });
  port.close();
});

it("in a frame within the page speaks through the page", () => {
  const warning = vi.fn();
  const { window, postMessage } = stage(JSON.stringify(config), {
    parent: { ddClient: { desktopUI: { toast: { warning } } } },
  });
  startPage(window);
  window.ddClient?.desktopUI.toast.warning("mind the gap");
  expect(warning).toHaveBeenCalledWith("mind the gap");
  expect(postMessage).not.toHaveBeenCalled();
});

it("says what a callback threw in the console where a browser has no reportError", async () => {
  class BrokenSocket extends EventTarget {
    close(): void {}
    constructor() {
      super();
      queueMicrotask(() => this.dispatchEvent(new Event("close")));
    }
  }
  const { window, error } = stage(JSON.stringify(config), { reportError: undefined, WebSocket: BrokenSocket });
  startPage(window);
  const thrown = new Error("of the page");
  const onError = (): never => {
    throw thrown;
  };
  window.ddClient?.extension.host?.cli.exec("tool", [], { stream: { onError } });
  await vi.waitFor(() => expect(error).toHaveBeenCalledWith(thrown));
});
