import type { ServerResponse } from "node:http";
import { errorHeader } from "@bowsprit/client";
import { BowspritError } from "@bowsprit/core";
import { type Forwarding, gatewayStatusOf, type RawHeaders, type ResponseSink } from "@bowsprit/sdk";
import { apiAnswer } from "./security-headers.ts";
import { send } from "./send.ts";
import { fieldsForPage } from "./service-headers.ts";

/** A body that came whole in one piece, no longer than this, leaves with its head as one text: one write of the system in place of two. */
const maxTextBytes = 16_384;

/**
 * Hands a backend's answer on to a page as it comes, held back where the page reads slowly. A page that goes away ends the request at the
 * backend; an answer that is cut short is cut short here.
 */
export class PageSink implements ResponseSink {
  readonly #response: ServerResponse;
  readonly #asked: string;
  #forwarding: Forwarding | undefined;
  #length = -1;
  #isOver = false;

  /** `asked` is the path that was asked of the backend. */
  constructor(response: ServerResponse, asked: string) {
    this.#response = response;
    this.#asked = asked;
    response.once("close", () => {
      if (!this.#isOver) this.#forwarding?.abort();
    });
  }

  begun(forwarding: Forwarding): void {
    this.#forwarding = forwarding;
    if (this.#response.destroyed && !this.#isOver) forwarding.abort();
  }

  // The head leaves with the first bytes of the body.
  head(status: number, statusText: string, headers: RawHeaders): void {
    const fields = fieldsForPage(headers, this.#asked);
    this.#length = lengthOf(fields);
    this.#response.sendDate = false;
    this.#response.writeHead(status, statusText, fields);
  }

  data(chunk: Buffer): boolean {
    if (chunk.length === this.#length && chunk.length <= maxTextBytes) {
      this.#isOver = true;
      this.#response.end(chunk.toString("latin1"), "latin1");
      return true;
    }
    if (this.#response.write(chunk)) return true;
    this.#response.once("drain", () => this.#forwarding?.resume());
    return false;
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#response.end();
  }

  failed(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#response.headersSent) this.#response.destroy();
    else if (!this.#response.destroyed) sendFailure(this.#response, error);
  }
}

function lengthOf(fields: readonly string[]): number {
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? "";
    if (name.length === 14 && name.toLowerCase() === "content-length") return Number(fields[index + 1]);
  }
  return -1;
}

/** A failure of ours is told apart from an answer of the backend with the same status. */
function sendFailure(response: ServerResponse, reason: unknown): void {
  const error = BowspritError.from(reason);
  send(response, {
    status: gatewayStatusOf(error.code),
    headers: [...apiAnswer, errorHeader, error.code],
    type: "application/json; charset=utf-8",
    body: JSON.stringify({ error }),
  });
}
