import type { CallOptions, Examination, Extension, ExtensionDetails, ExtensionId, LogLine } from "@bowsprit/core";
import { createSend, type Send, type SendOptions } from "./send-to-gateway.ts";

/** The routes of the gateway, one method each. No call has a deadline of its own: starting a backend may take as long as it takes. */
export interface ApiClient {
  list(options?: CallOptions): Promise<readonly Extension[]>;
  inspect(id: ExtensionId, options?: CallOptions): Promise<ExtensionDetails>;
  /** Says what installing `source` would do; nothing is written. */
  examine(source: string, options?: CallOptions): Promise<Examination>;
  /** @throws BowspritError `CONSENT_REQUIRED` when the source says something else by now than what was agreed to. */
  install(source: string, agreement: string, options?: CallOptions): Promise<Extension>;
  remove(id: ExtensionId, options?: CallOptions & { readonly keepData?: boolean }): Promise<void>;
  /** @throws BowspritError `BACKEND_UNAVAILABLE` with the reason when the backend does not come up. */
  start(id: ExtensionId, options?: CallOptions): Promise<void>;
  /** The last `tail` lines of the backend's output, 200 when not said, which is what a person scrolls through. */
  logs(id: ExtensionId, options?: CallOptions & { readonly tail?: number }): Promise<readonly LogLine[]>;
  /** An address that shows the page once, within a minute. */
  open(id: ExtensionId, options?: CallOptions): Promise<string>;
}

/** Creates the client. Its calls throw what `createSend` names. */
export function createApiClient(options: SendOptions): ApiClient {
  const send = createSend(options);
  return { ...readers(send), ...writers(send) };
}

function readers(send: Send): Pick<ApiClient, "list" | "inspect" | "examine" | "logs"> {
  return {
    async list(options) {
      const request = { attempt: "list the extensions", method: "GET", path: "/api/extensions" } as const;
      return (await send(request, options)) as readonly Extension[];
    },
    async inspect(id, options) {
      const request = { attempt: `inspect ${id}`, method: "GET", path: pathOf(id) } as const;
      return (await send(request, options)) as ExtensionDetails;
    },
    async examine(source, options) {
      const request = { attempt: "check the source", method: "POST", path: "/api/examinations" } as const;
      return (await send({ ...request, body: { source } }, options)) as Examination;
    },
    async logs(id, { tail = 200, ...options } = {}) {
      const request = {
        attempt: `read the logs of ${id}`,
        method: "GET",
        path: pathOf(id, `/logs?tail=${tail}`),
      } as const;
      return (await send(request, options)) as readonly LogLine[];
    },
  };
}

function writers(send: Send): Pick<ApiClient, "install" | "remove" | "start" | "open"> {
  return {
    async install(source, agreement, options) {
      const request = { attempt: "install the extension", method: "POST", path: "/api/extensions" } as const;
      return (await send({ ...request, body: { source, agreement } }, options)) as Extension;
    },
    async remove(id, { keepData = false, ...options } = {}) {
      const path = pathOf(id, keepData ? "?keep-data=true" : "");
      await send({ attempt: `remove ${id}`, method: "DELETE", path }, options);
    },
    async start(id, options) {
      await send({ attempt: `start ${id}`, method: "POST", path: pathOf(id, "/start") }, options);
    },
    async open(id, options) {
      const answer = await send({ attempt: `open ${id}`, method: "POST", path: pathOf(id, "/open") }, options);
      return (answer as { readonly url: string }).url;
    },
  };
}

function pathOf(id: ExtensionId, rest = ""): string {
  return `/api/extensions/${encodeURIComponent(id)}${rest}`;
}
