import type { BowspritError, Digest, ExtensionId } from "@bowsprit/core";
import type { EngineChoice, ExtensionRecord, ExtensionSource } from "./extension-record.ts";

/**
 * What is on disk below one home. Readers take no lock and may run beside any writer; every writer shows the {@link HomeLock}.
 * `current` of an extension decides what is installed; the two JSON documents beside it are derived from it and repaired by the next
 * writer when they disagree or cannot be read. Nothing is created before it is needed.
 */
export interface Store {
  readonly home: string;
  /**
   * Waits until no other process or call holds this home; a holder that died is taken over.
   * @throws BowspritError `HOME_LOCKED` with the holder's `pid`, `HOME_UNUSABLE`, `ABORTED`.
   */
  lock(options?: LockOptions): Promise<HomeLock>;
  /** A fresh, private folder for what is to be installed. @throws BowspritError `HOME_UNUSABLE`. */
  stage(lock: HomeLock): Promise<Staging>;
  /**
   * Makes a staged folder the installed version, by one rename. A failure or a kill before it leaves what was installed before; once
   * done, older versions of the extension are removed.
   * @throws BowspritError `EXTENSION_EXISTS` without `replace`, `INVALID_ARGUMENT`, `HOME_UNUSABLE`.
   */
  commit(lock: HomeLock, staging: Staging, options: CommitOptions): Promise<InstalledExtension>;
  /** All that is installed, sorted by id; an entry that cannot be read is told as such. @throws BowspritError `HOME_UNUSABLE`. */
  list(): Promise<readonly StoreEntry[]>;
  /** @throws BowspritError `EXTENSION_NOT_FOUND`, or `HOME_UNUSABLE` for a broken entry. */
  get(id: ExtensionId): Promise<InstalledExtension>;
  /** Changes what the user wants of an installed extension. @throws BowspritError as {@link Store.get}. */
  configure(lock: HomeLock, id: ExtensionId, changes: WantsChange): Promise<InstalledExtension>;
  /**
   * Uninstalls, broken entries too. After the last one the home is an empty folder, unless others keep something in it: `logs` belongs to
   * whoever writes them, and goes when it is empty.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `HOME_UNUSABLE`.
   */
  remove(lock: HomeLock, id: ExtensionId): Promise<void>;
  /** Sweeps what a killed process left: staged folders, versions and extension folders that no `current` names, stale documents. */
  recover(lock: HomeLock): Promise<void>;
  /** The folder that a backend's sockets appear in; a container sees it and nothing else. */
  socketsFolder(id: ExtensionId): string;
  /** State that is worth nothing after a restart of the computer. */
  readonly runFolder: string;
  /** Creates {@link Store.socketsFolder}: open to all users (0777) inside folders that are closed to them (0700). */
  ensureSocketsFolder(id: ExtensionId): Promise<string>;
  ensureRunFolder(): Promise<string>;
}

export interface LockOptions {
  /**
   * Milliseconds to wait for another holder; the default, 10,000, is longer than most writes take. A large extension on a slow disk may
   * take longer.
   */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/** The right to write to a home. Disposing gives it back and is idempotent: each call ends when it was given back. */
export interface HomeLock extends AsyncDisposable {
  readonly home: string;
}

/** A version in the making. It belongs to the caller, who discards it when it does not become one. */
export interface Staging {
  readonly folder: string;
  /** Where the files of the image go. */
  readonly root: string;
  /** Where host executables go. */
  readonly host: string;
  /** Idempotent; does nothing to a staged folder that was committed. */
  discard(): Promise<void>;
}

export interface CommitOptions {
  readonly record: ExtensionRecord;
  /** Takes the place of an installed extension of the same id; the default refuses. */
  readonly replace?: boolean;
}

/** What the user wants of an extension: the part of its state that outlives a version. */
export interface ExtensionWants {
  readonly source: ExtensionSource;
  readonly engine: EngineChoice;
  readonly enabled: boolean;
  readonly installedAt: string;
}

export interface WantsChange {
  readonly engine?: EngineChoice;
  readonly enabled?: boolean;
}

export interface InstalledExtension {
  readonly state: "installed";
  readonly id: ExtensionId;
  readonly digest: Digest;
  /** The version's folder, an absolute path: `root/` and `host/` are in it. */
  readonly folder: string;
  readonly record: ExtensionRecord;
  readonly wants: ExtensionWants;
}

/** An entry whose version is missing or unreadable; it can only be removed or replaced. */
export interface BrokenExtension {
  readonly state: "broken";
  readonly id: ExtensionId;
  readonly error: BowspritError;
}

export type StoreEntry = InstalledExtension | BrokenExtension;
