export { createStore, type StoreOptions } from "./create-store.ts";
export type {
  EngineChoice,
  ExtensionRecord,
  ExtensionSource,
  RecordedBinary,
  RecordedFile,
} from "./extension-record.ts";
export type {
  BrokenExtension,
  CommitOptions,
  ExtensionWants,
  HomeLock,
  InstalledExtension,
  LockOptions,
  Staging,
  Store,
  StoreEntry,
  WantsChange,
} from "./store.ts";
