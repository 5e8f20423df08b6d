import { Duplex, type Readable, type Writable } from "node:stream";

type Done = (error?: Error | null) => void;

/** Two one-way streams as one: each way ends by itself, destroying destroys both. */
export class JoinedStream extends Duplex {
  readonly #input: Readable;
  readonly #output: Writable;

  constructor(input: Readable, output: Writable) {
    super({ allowHalfOpen: true });
    this.#input = input;
    this.#output = output;
    input.on("data", (chunk: Buffer) => this.push(chunk) || input.pause());
    input.once("end", () => this.push(null));
    for (const way of [input, output]) way.on("error", (error) => this.destroy(error));
    input.once("close", () => input.readableEnded || this.destroy());
  }

  override _read(): void {
    this.#input.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#output.write(chunk, done);
  }

  override _final(done: Done): void {
    this.#output.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#input.destroy();
    this.#output.destroy();
    done(error);
  }
}
