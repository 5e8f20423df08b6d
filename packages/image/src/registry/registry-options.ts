import type { CallOptions, Digest } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";
import type { ImageIndex } from "./parse-manifest.ts";

/**
 * Runs `docker-credential-<name> get` with `input` on its standard input. The program's output holds a secret: it belongs in no log.
 * A rejection ends the download; an exit code other than 0 means that the helper knows no credentials.
 */
export type RunHelper = (name: string, input: string) => Promise<HelperResult>;

export interface HelperResult {
  readonly exitCode: number;
  readonly stdout: string;
}

/** How registries are reached. */
export interface RegistryOptions extends CallOptions {
  /**
   * By registry (`docker.io`), the addresses asked before it, in order: `mirror.internal:5000` or `https://mirror.internal`. A mirror
   * that fails in any way is passed over. It says which digest a tag has, so it must be as trusted as the registry.
   */
  readonly mirrors?: Readonly<Record<string, readonly string[]>>;
  /** Registries, as `host` or `host:port`, that may be spoken to without TLS where they do not speak it. Loopback always may. */
  readonly insecureRegistries?: readonly string[];
  /** Certificates in PEM that are trusted besides Node's own; for all of a program there is `NODE_EXTRA_CA_CERTS`. */
  readonly certificates?: string;
  /** The folder with Docker's `config.json`; the default is `$DOCKER_CONFIG`, else `.docker` of the home folder. */
  readonly dockerConfig?: string;
  /** Without it, credential helpers that the configuration names are not asked. */
  readonly runHelper?: RunHelper;
  /** Milliseconds until a connection stands; the default is 10,000. */
  readonly connectMs?: number;
  /** Milliseconds that an answer may stand still; the default is 60,000. */
  readonly idleMs?: number;
  /** Milliseconds before a cut blob is asked for again, doubled each time; the default is 500. */
  readonly retryMs?: number;
}

/** How an image is downloaded. The default of `timeoutMs` is none: whoever sends something at all may be slow. */
export interface DownloadOptions extends RegistryOptions {
  /** An existing folder of the caller's own, used by one download at a time. What an earlier download left in it is used again. */
  readonly folder: string;
  /** Chooses one of the manifests of an index, before any blob is fetched. What it throws, the download throws. */
  readonly choosePlatform: (index: ImageIndex) => Descriptor;
  /** Bytes of all blobs together; the default is 16 GiB, so that a manifest cannot ask for a whole disk. */
  readonly maxBytes?: number;
  /** Called for every piece that arrived. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** How far a download is; a blob that has to begin anew goes back to 0. */
export interface DownloadProgress {
  /** The blob that moved. */
  readonly digest: Digest;
  readonly blobBytesDone: number;
  readonly blobBytesTotal: number;
  /** Of all blobs, those that were there already included. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}
