/** What an inbox tells the connection that fills it. */
export interface InboxOptions {
  /** The reader has room again. */
  readonly onRoom: () => void;
  /** The reader has gone: nothing more is wanted. */
  readonly onLeave: () => void;
}

/**
 * What came and was not taken yet: a queue between a connection that pushes and one reader that pulls. It drops nothing, so its bound is
 * kept by the connection, which stops while there is no room.
 */
export interface Inbox<T> {
  /** The reader's side; leaving early drops what is queued. There is one queue, whoever pulls. */
  readonly reader: AsyncIterableIterator<T, undefined>;
  /** False from 64 KiB waiting until half of that is taken; `onRoom` follows. */
  readonly hasRoom: boolean;
  put(item: T, bytes: number): void;
  /** Ends it, in order, after what was put; the first end counts. */
  end(error?: Error): void;
  /** Ends it at once: what is queued is dropped. */
  cut(error: Error): void;
}

const fullBytes = 64 * 1024;
/** Counted for each item besides its bytes: an empty one takes memory, too. */
const overheadBytes = 64;

type Step<T> = PromiseWithResolvers<IteratorResult<T, undefined>>;

interface Entry<T> {
  readonly item: T;
  readonly bytes: number;
  next?: Entry<T>;
}

export function createInbox<T>(options: InboxOptions): Inbox<T> {
  return new Queue(options);
}

class Queue<T> implements Inbox<T> {
  readonly reader: AsyncIterableIterator<T, undefined>;
  readonly #options: InboxOptions;
  readonly #waiting: Step<T>[] = [];
  #first: Entry<T> | undefined;
  #last: Entry<T> | undefined;
  #bytes = 0;
  #isFull = false;
  #isEnded = false;
  #error: Error | undefined;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.reader = {
      next: () => this.#take(),
      return: () => this.#leave(),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  get hasRoom(): boolean {
    return !this.#isFull;
  }

  put(item: T, bytes: number): void {
    if (this.#isEnded) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#push({ item, bytes: bytes + overheadBytes });
    else waiting.resolve({ done: false, value: item });
  }

  end(error?: Error): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    for (const waiting of this.#waiting.splice(0)) void this.#take().then(waiting.resolve, waiting.reject);
  }

  cut(error: Error): void {
    if (this.#isEnded) return;
    this.#drop();
    this.end(error);
  }

  async #take(): Promise<IteratorResult<T, undefined>> {
    if (this.#first !== undefined) return { done: false, value: this.#shift(this.#first) };
    if (this.#isEnded) {
      const error = this.#error;
      this.#error = undefined;
      if (error !== undefined) throw error;
      return { done: true, value: undefined };
    }
    const waiting: Step<T> = Promise.withResolvers();
    this.#waiting.push(waiting);
    return await waiting.promise;
  }

  async #leave(): Promise<IteratorReturnResult<undefined>> {
    this.#drop();
    this.#error = undefined;
    if (!this.#isEnded) {
      this.end();
      this.#options.onLeave();
    }
    return { done: true, value: undefined };
  }

  #push(entry: Entry<T>): void {
    if (this.#last === undefined) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#bytes += entry.bytes;
    if (this.#bytes >= fullBytes) this.#isFull = true;
  }

  #shift({ item, bytes, next }: Entry<T>): T {
    this.#first = next;
    if (next === undefined) this.#last = undefined;
    this.#bytes -= bytes;
    if (this.#isFull && this.#bytes <= fullBytes / 2) {
      this.#isFull = false;
      if (!this.#isEnded) this.#options.onRoom();
    }
    return item;
  }

  #drop(): void {
    this.#first = this.#last = undefined;
    this.#bytes = 0;
    this.#isFull = false;
  }
}
