import { Duplex } from "node:stream";

type Done = (error?: Error | null) => void;

/**
 * One end of a pair of streams that behave as the two ends of a local socket do: each end stops on its own, a slow reader holds the
 * writer back, and an end that closes with bytes unread resets the other one.
 */
export class MemoryStream extends Duplex {
  #peer: MemoryStream | undefined;
  #afterRead: Done | undefined;
  #hasEnded = false;

  private constructor() {
    super({ allowHalfOpen: true });
  }

  /** Two ends, joined. */
  static pair(): readonly [MemoryStream, MemoryStream] {
    const [one, other] = [new MemoryStream(), new MemoryStream()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    const peer = this.#peer;
    // A copy: the writer may use its buffer again, as it may with a socket.
    const bytes = Buffer.from(chunk);
    process.nextTick(() => {
      if (peer === undefined || peer.destroyed) done(broken("write EPIPE", "EPIPE"));
      else if (peer.push(bytes)) done();
      else peer.#afterRead = done;
    });
  }

  override _read(): void {
    this.#release(null);
  }

  override _final(done: Done): void {
    this.#end();
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    const peer = this.#peer;
    this.#release(broken("write EPIPE", "EPIPE"));
    if (peer !== undefined && !peer.destroyed) {
      if (error === null && this.readableLength === 0) this.#end();
      else peer.destroy(broken("read ECONNRESET", "ECONNRESET"));
    }
    done(error);
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    process.nextTick(() => this.#peer?.destroyed === false && this.#peer.push(null));
  }

  #release(error: Error | null): void {
    const done = this.#afterRead;
    this.#afterRead = undefined;
    done?.(error);
  }
}

function broken(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
