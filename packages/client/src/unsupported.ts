import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createExec } from "./create-exec.ts";
import type { Exec } from "./exec.ts";
import { nothingRan } from "./exec-failure.ts";

/** A call that this version does not have: it is there, so that a page learns of it by an error it can show. */
export function unsupported(name: string): () => Promise<never> {
  return () => Promise.reject(refusal(name));
}

/** An exec that this version does not have. It fails as one that ran nothing, for pages read `stderr`; the streamed form says so by `onError`, after it has returned. */
export function unsupportedExec(name: string): Exec {
  return createExec({
    run: (request) => Promise.reject(nothingRan(request, refusal(name))),
    stream(request, callbacks) {
      let isClosed = false;
      queueMicrotask(() => {
        if (!isClosed) callbacks.onError?.(nothingRan(request, refusal(name)));
      });
      return Object.freeze({
        close() {
          isClosed = true;
        },
      });
    },
  });
}

function refusal(name: string): BowspritError {
  return new BowspritError(ErrorCode.Unsupported, `call ddClient.${name}: this version of Bowsprit does not have it`, {
    hint: "Look for a newer version of Bowsprit, or use the extension without this function.",
  });
}
