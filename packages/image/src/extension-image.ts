import type { ImageLocation } from "./session/image-location.ts";
import type { CallOptions, Digest, ExtensionLabels, ImageReference, Metadata } from "@bowsprit/core";

/** An extension that was opened where it is; nothing of it was written anywhere. Disposing closes what it was read from. */
export interface ExtensionImage extends AsyncDisposable {
  readonly kind: "folder" | "registry" | ImageLocation["kind"];
  /** Where it is: an absolute path; of an image from a registry, its reference with tag and digest. */
  readonly location: string;
  /** What its id is made of: the repository of an image; else the name in the metadata, else that of the folder or file. */
  readonly name: string;
  /** What the image is called; null for a folder, and for an image that says nothing of it. */
  readonly reference: ImageReference | null;
  /** Of the image's manifest; null for a folder, whose digest is known when it was copied. */
  readonly digest: Digest | null;
  readonly metadata: Metadata;
  /** Null for a folder. */
  readonly labels: ExtensionLabels | null;
  /** What was odd but accepted, in words. */
  readonly warnings: readonly string[];
  /**
   * The text of a file of the extension, such as its compose file.
   * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED` for what is not a regular file inside, `MESSAGE_TOO_LARGE`.
   */
  readText(path: string, maxBytes: number): Promise<string>;
  /**
   * Writes the extension's files into an empty folder of ours, in one pass, hashing them.
   * @throws BowspritError `SOURCE_REFUSED`, `SOURCE_NOT_FOUND`, `HOME_UNUSABLE`, `ABORTED`.
   */
  write(target: string, options: WriteOptions): Promise<WrittenImage>;
}

export interface WriteOptions extends Pick<CallOptions, "signal"> {
  /** Everything but `.git`, for an extension that runs from its folder; else only what the metadata names. */
  readonly whole: boolean;
  /** Further files and folders to write where not everything is: host executables of this platform. */
  readonly paths: readonly string[];
}

export interface WrittenImage {
  /** Of the sorted list of files; the same content has the same digest wherever and whenever it is read. */
  readonly digest: Digest;
  readonly files: readonly WrittenFile[];
  /** What was left out, in words. */
  readonly warnings: readonly string[];
}

export interface WrittenFile {
  /** Relative, with `/`. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly size: number;
  /** 0o600, or 0o700 for a file that may be run. */
  readonly mode: number;
}
