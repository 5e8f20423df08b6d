import type {
  CallOptions,
  ExecProcess,
  Extension,
  ExtensionDetails,
  HostEvent,
  LogLine,
  LogOptions,
} from "@bowsprit/core";
import type { ForwardRequest, Forwarding, ResponseSink, ServiceRequest, ServiceResponse } from "@bowsprit/transport";
import type { Consent } from "./consent.ts";
import type { ExtensionPage } from "./extension-page.ts";

/** `auto` runs a backend on an engine where one answers and can run it, else as local processes where the extension allows that. */
export type EngineChoice = "auto" | "local" | "docker" | `docker:${string}`;

export interface ForwardOptions extends CallOptions {
  /** Takes the answer. */
  readonly sink: ResponseSink;
}

export interface WatchOptions {
  /** Ends the watch; without it the host's end does. */
  readonly signal?: AbortSignal;
}

/** Of a call that changes the home. */
export interface ChangeOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for another process that holds the home; the default, 10,000, outlasts an ordinary install. */
  readonly timeoutMs?: number;
}

export interface InstallOptions extends ChangeOptions {
  readonly consent: Consent;
  /** The default is `"auto"`. */
  readonly engine?: EngineChoice;
  /** Told each step in words, as it begins. */
  readonly onProgress?: (message: string) => void;
}

export interface HostExecOptions {
  /** `pipe` hands the outputs to the caller; `inherit` gives the process this process's own terminal. The default is `pipe`. */
  readonly output?: "pipe" | "inherit";
  /** What the process reads; the default is nothing, or the terminal where the output is inherited. */
  readonly stdin?: "ignore" | "inherit";
  readonly env?: Readonly<Record<string, string>>;
  /** An absolute path; the default is the folder of the extension's executables. */
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

export interface RemoveOptions extends ChangeOptions {
  /** Keeps what the backend printed; the default removes it. */
  readonly keepData?: boolean;
}

/**
 * An extension host on one home folder. Every `id` also takes the repository an extension came from, with or without a tag.
 * Starting a backend takes the home for this process; disposing the host ends every backend it started, closes their connections and
 * gives the home back. What is installed stays.
 */
export interface Host extends AsyncDisposable {
  readonly home: string;

  /**
   * Installs an extension folder: reads and checks it, asks for consent, copies it, switches it on and starts its backend. A failure
   * at any point leaves nothing of it.
   * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `METADATA_MISSING`, `METADATA_INVALID`, `COMPOSE_INVALID`,
   * `CONSENT_REQUIRED`, `EXTENSION_EXISTS`, `ENGINE_UNAVAILABLE`, `UNSUPPORTED`, `BACKEND_UNAVAILABLE`, `HOME_LOCKED`.
   */
  install(source: string, options: InstallOptions): Promise<Extension>;

  /** The installed extensions, by id. Takes no lock and starts nothing. */
  list(): Promise<readonly Extension[]>;

  /** @throws BowspritError `EXTENSION_NOT_FOUND`. */
  get(id: string): Promise<ExtensionDetails>;

  /**
   * Sends one HTTP request to the backend, over its socket, starting the backend first where it does not run. Bodies stream both ways;
   * a status of 400 or more is an answer, not an error. A backend that is down is waited for, 10 seconds at most.
   * `signal` and `timeoutMs` hold from the call to the last byte of the answer; by default there is no limit but those of the parts.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `BACKEND_UNAVAILABLE`, `HOME_LOCKED`, `CONNECTION_LOST`, `MESSAGE_MALFORMED`,
   * `DEADLINE_EXCEEDED`, `ABORTED`, `INVALID_ARGUMENT`.
   */
  request(id: string, request: ServiceRequest, options?: CallOptions): Promise<ServiceResponse>;

  /**
   * The raw form of {@link Host.request}, for servers that hand the answer on: nothing is gathered, and whatever fails is told to the
   * sink. Where the backend runs nothing is read from disk and nothing is waited for.
   * @throws BowspritError `INVALID_ARGUMENT` for a request that must not be sent, `REFERENCE_INVALID`.
   */
  forward(id: string, request: ForwardRequest, options: ForwardOptions): Forwarding;

  /**
   * Starts the backend where it does not run and resolves when it listens; at once for an extension without one.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `BACKEND_UNAVAILABLE` with what its services say, `HOME_LOCKED`, `DEADLINE_EXCEEDED`,
   * `ABORTED`.
   */
  start(id: string, options?: CallOptions): Promise<void>;

  /** The page of an extension; null for one without. @throws BowspritError `EXTENSION_NOT_FOUND`, `HOME_UNUSABLE`. */
  page(id: string): Promise<ExtensionPage | null>;

  /**
   * What happens to the extensions from the call on, by this host; a slow reader gets the latest of each and misses what was between.
   * Other processes can change nothing while this host holds the home.
   */
  watch(options?: WatchOptions): AsyncIterable<HostEvent>;

  /**
   * Keeps the home for this host until the result or the host is disposed, so that no other process changes it meanwhile.
   * @throws BowspritError `HOME_LOCKED`, `ABORTED`.
   */
  hold(options?: CallOptions): Promise<AsyncDisposable>;

  /**
   * Runs one of the extension's host executables, argv[0] being its name; the other arguments reach it verbatim, never through a shell.
   * Its digest is checked before each start.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `EXECUTABLE_NOT_FOUND`, `EXECUTABLE_NOT_RUNNABLE`, `DIGEST_MISMATCH`.
   */
  exec(id: string, argv: readonly [string, ...string[]], options?: HostExecOptions): Promise<ExecProcess>;

  /** The kept output of the backend's services, oldest first. */
  logs(id: string, options?: LogOptions): AsyncIterable<LogLine>;

  /**
   * Stops the backend and removes the extension and its logs. Works on an entry whose files are broken.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `HOME_LOCKED`.
   */
  remove(id: string, options?: RemoveOptions): Promise<void>;
}
