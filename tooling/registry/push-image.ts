import type { TestDocument, TestImage } from "./make-image.ts";

/** Puts an image into a registry without protection, by the distribution API; without a tag under its digest alone. */
export async function pushImage(host: string, name: string, image: TestImage): Promise<void> {
  const [repository = "", tag = image.digest] = name.split(":");
  for (const blob of image.blobs) await pushBlob(host, repository, blob);
  await putManifest(`http://${host}/v2/${repository}/manifests/${tag}`, image);
}

/** Puts an index into a registry that has its images. */
export async function pushIndex(host: string, name: string, index: TestDocument): Promise<void> {
  const [repository = "", tag = index.digest] = name.split(":");
  await putManifest(`http://${host}/v2/${repository}/manifests/${tag}`, index);
}

async function putManifest(url: string, { mediaType, bytes }: TestDocument): Promise<void> {
  await expectStatus(
    201,
    await fetch(url, { method: "PUT", headers: { "content-type": mediaType }, body: bytesOf(bytes) }),
  );
}

async function pushBlob(host: string, repository: string, { digest, bytes }: TestDocument): Promise<void> {
  const begun = await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: "POST" });
  await expectStatus(202, begun);
  const place = new URL(begun.headers.get("location") ?? "", `http://${host}`);
  place.searchParams.set("digest", digest);
  const headers = { "content-type": "application/octet-stream" };
  await expectStatus(201, await fetch(place, { method: "PUT", headers, body: bytesOf(bytes) }));
}

async function expectStatus(status: number, response: Response): Promise<void> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`the registry answered a push with ${response.status}: ${text}`);
}

function bytesOf(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
