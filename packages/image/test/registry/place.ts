import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  account,
  makeImage,
  startRegistry,
  type TestDocument,
  type TestImage,
  type TestRegistry,
} from "@tooling/registry";
import { type DownloadedImage, downloadImage } from "../../src/registry/download-image.ts";
import type { DownloadOptions } from "../../src/registry/registry-options.ts";

/** A registry without protection, and folders. Disposing ends and removes all of it. */
export interface Place extends AsyncDisposable {
  readonly registry: TestRegistry;
  readonly folder: string;
  /** Downloads into a folder of its own, or the one that is given, without Docker's configuration unless one is given. */
  download(reference: string, options?: Partial<DownloadOptions>): Promise<DownloadedImage>;
  /** A new folder with Docker's configuration: these credentials for this account. */
  config(host: string, entry?: object): Promise<string>;
  newFolder(): Promise<string>;
}

export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-image-registry-"));
  const registry = await startRegistry();
  const newFolder = async (): Promise<string> => mkdtemp(join(folder, "download-"));
  const noConfig = join(folder, "no-config");
  return {
    registry,
    folder,
    newFolder,
    async download(reference, options = {}) {
      return downloadImage(reference, {
        folder: await newFolder(),
        dockerConfig: noConfig,
        retryMs: 1,
        choosePlatform: () => {
          throw new Error("there is nothing to choose");
        },
        ...options,
      });
    },
    async config(host, entry = passwordEntry(account.password)) {
      const place = await newFolder();
      await writeFile(join(place, "config.json"), JSON.stringify({ auths: { [host]: entry } }));
      return place;
    },
    async [Symbol.asyncDispose]() {
      await registry[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An entry of Docker's configuration. */
export function passwordEntry(password: string): object {
  return { auth: Buffer.from(`${account.username}:${password}`).toString("base64") };
}

/** An image that no other test has. */
export function randomImage(sizes: readonly number[] = [1000, 300_000, 50_000], architecture = "amd64"): TestImage {
  return makeImage(
    sizes.map((size) => randomBytes(size)),
    architecture,
  );
}

/** Every file of a layout's blobs with the digest of what it holds; whole blobs would make a failure unreadable. */
export async function readBlobs(folder: string): Promise<Map<string, string>> {
  const blobs = join(folder, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const names = (await readdir(blobs)).toSorted();
  return new Map(
    await Promise.all(names.map(async (name) => [name, sha256(await readFile(join(blobs, name)))] as const)),
  );
}

/** What {@link readBlobs} is to find. */
export function blobsOf(image: TestImage, ...more: readonly TestDocument[]): Map<string, string> {
  const all = [image, ...image.blobs, ...more].map(({ digest, bytes }) => [digest.slice(7), sha256(bytes)] as const);
  return new Map(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
