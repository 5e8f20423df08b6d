import { beforeEach, describe, expect, it } from "vitest";
import type { Break } from "./break-client.ts";
import { runProgram, whyNot } from "./run-program.ts";

interface BrokenClient extends Break {
  readonly what: string;
  /** More than a few hundred, where it takes them. */
  readonly requests?: number;
  /** Seconds after which a request counts as lost. */
  readonly patience?: number;
  /** What the program says then. */
  readonly finds: RegExp;
}

const brokenClients: readonly BrokenClient[] = [
  {
    what: "sends a request again after its connection was lost",
    file: "exchange.ts",
    from: "this.#controller === undefined && this.#ended === undefined && !this.#isSecondDispatch && isReset(reason)",
    to: "this.#ended === undefined && !this.#isSecondDispatch",
    finds: /[1-9]\d* doubled/u,
  },
  {
    what: "hands over the bytes that came before, whosever they were",
    file: "read-response.ts",
    from: "this.#held.push(chunk);",
    to: "const last = globalThis.last ?? chunk; globalThis.last = chunk; this.#held.push(last);",
    finds: /[1-9]\d* crossed/u,
  },
  {
    what: "takes an answer that was cut for a whole one",
    file: "exchange.ts",
    from: "this.#sink.failed(error);",
    to: "if (this.#isAnswered) this.#sink.end(); else this.#sink.failed(error);",
    finds: /[1-9]\d* otherwise wrong/u,
  },
  {
    what: "ends an exchange twice",
    file: "exchange.ts",
    from: "this.#sink.end();",
    to: "this.#sink.end(); this.#sink.end();",
    finds: /[1-9]\d* doubled/u,
  },
  {
    what: "does not read what came on an idle connection",
    file: "exchange.ts",
    from: "setImmediate(() => this.#dispatch());",
    to: "this.#dispatch();",
    // Connections are spoilt after each thousand.
    requests: 2100,
    finds: /[1-9]\d* otherwise wrong/u,
  },
  {
    what: "says nothing when a connection is lost",
    file: "read-response.ts",
    from: "this.#answer.reject(error);",
    to: "if (error.code !== 'CONNECTION_LOST') this.#answer.reject(error);",
    patience: 5,
    finds: /no end within 5 s: requests \d+/u,
  },
];

describe("a client that", { timeout: 300_000 }, () => {
  beforeEach(({ skip }) => skip(whyNot() !== undefined, whyNot()));

  it.each(brokenClients)("$what is found out", async (client) => {
    const { what, finds, requests = 700, patience = 60, ...broken } = client;
    // With this seed none of the requests waits for the client's own limits, which would take seconds.
    const args = ["--seed", "2", "--requests", String(requests), "--patience", String(patience)];
    const { code, output, left } = await runProgram(args, broken);
    expect(output, what).toMatch(finds);
    expect(code).toBe(1);
    expect(left.map((path) => path.split("/").slice(1).join("/"))).toEqual(["", "backend.ledger", "client.ledger"]);
  });
});
