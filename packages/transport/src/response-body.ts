import { Readable } from "node:stream";

/** What a response's body tells the exchange it belongs to. */
export interface ResponseBodyOptions {
  /** The reader has room again. */
  readonly onRoom: () => void;
  /** The reader has gone, or everything was read. */
  readonly onClose: () => void;
}

/** The stream that carries a response's body. An error that nobody waits for stays silent: it is for the one who reads. */
export function createResponseBody(options: ResponseBodyOptions): Readable {
  return new ResponseBody(options).on("error", ignore);
}

const ignore = (): void => {};

class ResponseBody extends Readable {
  readonly #options: ResponseBodyOptions;

  constructor(options: ResponseBodyOptions) {
    super();
    this.#options = options;
  }

  override _read(): void {
    this.#options.onRoom();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#options.onClose();
    done(error);
  }
}
