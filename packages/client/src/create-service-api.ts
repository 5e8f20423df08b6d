import { askHost, type HostConnection } from "./ask-host.ts";
import { encodeBody } from "./encode-body.ts";
import { readServiceAnswer } from "./read-service-answer.ts";
import { toServicePath } from "./to-service-path.ts";

/** A request in full. */
export interface ServiceRequestConfig {
  readonly url: string;
  /** In any case; the default is GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/**
 * `ddClient.extension.vm.service`: HTTP to the backend of the page's own extension. A url is a path there. Every call resolves with the
 * body of the answer, and rejects with a ServiceError for a status outside 200–299, with a BowspritError where there is no answer.
 */
export interface ServiceApi {
  get(url: string): Promise<unknown>;
  post(url: string, data?: unknown): Promise<unknown>;
  put(url: string, data?: unknown): Promise<unknown>;
  patch(url: string, data?: unknown): Promise<unknown>;
  delete(url: string): Promise<unknown>;
  head(url: string): Promise<unknown>;
  /** A Content-Type of the caller wins over the one its data would have. GET and HEAD are sent without their data. */
  request(config: ServiceRequestConfig): Promise<unknown>;
}

/** The service of one page, over the gateway it came from. */
export function createServiceApi(host: HostConnection): ServiceApi {
  const request = async (config: ServiceRequestConfig): Promise<unknown> =>
    readServiceAnswer(await askHost(host, toServicePath(config.url), await initOf(config)));
  return Object.freeze({
    get: (url: string) => request({ url, method: "GET" }),
    post: (url: string, data?: unknown) => request({ url, method: "POST", data }),
    put: (url: string, data?: unknown) => request({ url, method: "PUT", data }),
    patch: (url: string, data?: unknown) => request({ url, method: "PATCH", data }),
    delete: (url: string) => request({ url, method: "DELETE" }),
    head: (url: string) => request({ url, method: "HEAD" }),
    request,
  });
}

async function initOf(config: ServiceRequestConfig): Promise<RequestInit> {
  const method = (config.method ?? "GET").toUpperCase();
  // A field without a value is one that the page left out.
  const fields = Object.entries(config.headers ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const headers = new Headers(fields);
  const encoded = method === "GET" || method === "HEAD" ? undefined : await encodeBody(config.data);
  if (encoded?.contentType !== undefined && !headers.has("content-type"))
    headers.set("content-type", encoded.contentType);
  return { method, headers, ...(encoded !== undefined && { body: encoded.body }) };
}
