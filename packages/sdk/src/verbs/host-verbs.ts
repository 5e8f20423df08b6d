import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { EngineChoice } from "../host.ts";
import { agreementTo } from "./agreement-to.ts";
import { examine } from "./examine.ts";
import type { HostVerb, VerbName } from "./host-verb.ts";
import { optionalCount, optionalFlag, optionalText, requiredText, type VerbInput } from "./verb-input.ts";

/** Every verb by name. */
export const hostVerbs: { readonly [Name in VerbName]: HostVerb<Name> } = Object.freeze({
  list: { name: "list", method: "GET", path: "/extensions", run: (host) => host.list() },
  get: {
    name: "get",
    method: "GET",
    path: "/extensions/{id}",
    run: (host, input) => host.get(requiredText(input, "id")),
  },
  examine: {
    name: "examine",
    method: "POST",
    path: "/examinations",
    run: (host, input, { signal }) => examine(host, requiredText(input, "source"), { ...engineOf(input), signal }),
  },
  install: {
    name: "install",
    method: "POST",
    path: "/extensions",
    async run(host, input, { signal, onProgress }) {
      const agreement = requiredText(input, "agreement");
      return host.install(requiredText(input, "source"), {
        consent: agreement === "granted" ? agreement : async (report) => agreementTo(report) === agreement,
        ...engineOf(input),
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      });
    },
  },
  remove: {
    name: "remove",
    method: "DELETE",
    path: "/extensions/{id}",
    async run(host, input, { signal }) {
      await host.remove(requiredText(input, "id"), {
        keepData: optionalFlag(input, "keepData"),
        ...(signal && { signal }),
      });
      return {};
    },
  },
  start: {
    name: "start",
    method: "POST",
    path: "/extensions/{id}/start",
    async run(host, input, { signal }) {
      await host.start(requiredText(input, "id"), signal && { signal });
      return {};
    },
  },
  logs: {
    name: "logs",
    method: "GET",
    path: "/extensions/{id}/logs",
    async run(host, input, { signal }) {
      const tail = optionalCount(input, "tail") ?? 200;
      const service = optionalText(input, "service");
      const options = { tail, ...(service !== undefined && { service }), ...(signal && { signal }) };
      return Array.fromAsync(host.logs(requiredText(input, "id"), options));
    },
  },
  page: {
    name: "page",
    method: "GET",
    path: "/extensions/{id}/page",
    run: (host, input) => host.page(requiredText(input, "id")),
  },
});

function engineOf(input: VerbInput): { readonly engine?: EngineChoice } {
  const engine = optionalText(input, "engine");
  if (engine === undefined) return {};
  if (/^(?:auto|local|docker|docker:[\w.+-]+)$/u.test(engine)) return { engine: engine as EngineChoice };
  throw new BowspritError(ErrorCode.InvalidArgument, `read the request: engine ${JSON.stringify(engine)} is unknown`, {
    hint: "Write auto, local, docker or docker:CONTEXT.",
  });
}
