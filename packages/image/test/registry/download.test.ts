import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeIndex, pushImage, pushIndex, startProxy, whyNoRegistry } from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DownloadProgress } from "../../src/registry/registry-options.ts";
import { blobsOf, openPlace, type Place, randomImage, readBlobs } from "./place.ts";

const missing = await whyNoRegistry();
let place: Place;
let host: string;
beforeAll(async () => {
  if (missing !== undefined) return;
  place = await openPlace();
  ({ host } = place.registry);
});
afterAll(async () => place?.[Symbol.asyncDispose]());
beforeEach(({ skip }) => skip(missing !== undefined, missing));

const hexOf = (digest: string): string => digest.slice("sha256:".length);

describe("a public image", () => {
  test("becomes an OCI layout of exactly its blobs", async () => {
    const image = randomImage();
    await pushImage(host, "public/app:1.0.0", image);
    const { folder, root, reference, tagBecause } = await place.download(`${host}/public/app:1.0.0`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(root).toEqual({ mediaType: image.mediaType, digest: image.digest, size: image.bytes.length });
    expect(reference).toMatchObject({ registry: host, repository: "public/app", tag: "1.0.0", digest: image.digest });
    expect(tagBecause).toBeUndefined();
    const index = JSON.parse(await readFile(join(folder, "index.json"), "utf8")) as unknown;
    expect(index).toMatchObject({
      schemaVersion: 2,
      manifests: [{ ...root, annotations: { "org.opencontainers.image.ref.name": "1.0.0" } }],
    });
    expect(await readFile(join(folder, "oci-layout"), "utf8")).toBe('{"imageLayoutVersion":"1.0.0"}');
  });

  test("is reported byte by byte, each blob up to its end", async () => {
    const image = randomImage();
    await pushImage(host, "public/progress:1", image);
    const seen: DownloadProgress[] = [];
    await place.download(`${host}/public/progress:1`, { onProgress: (progress) => seen.push(progress) });
    const bytesTotal = image.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(seen.at(-1)).toMatchObject({ bytesDone: bytesTotal, bytesTotal });
    for (const { digest, bytes } of image.blobs)
      expect(seen.findLast((one) => one.digest === digest)).toMatchObject({
        blobBytesDone: bytes.length,
        blobBytesTotal: bytes.length,
      });
    const all = seen.map(({ bytesDone }) => bytesDone);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
  });

  test("that is there already is not fetched again, but what of it is broken is", async () => {
    const image = randomImage();
    await pushImage(host, "public/again:1", image);
    const folder = await place.newFolder();
    await place.download(`${host}/public/again:1`, { folder });
    const [broken] = image.blobs.slice(-1);
    await writeFile(
      join(folder, "blobs", "sha256", hexOf(broken?.digest ?? "")),
      Buffer.alloc(broken?.bytes.length ?? 0),
    );
    await using proxy = await startProxy({ target: host });
    await place.download(`${proxy.host}/public/again:1`, { folder });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(proxy.requests.filter(({ path }) => path.includes("/blobs/")).map(({ path }) => path)).toEqual([
      `/v2/public/again/blobs/${broken?.digest}`,
    ]);
  });

  test("larger than the caller allows is refused before a blob is fetched", async () => {
    await pushImage(host, "public/large:1", randomImage([5000]));
    const folder = await place.newFolder();
    await expect(place.download(`${host}/public/large:1`, { folder, maxBytes: 4999 })).rejects.toMatchObject({
      code: "MESSAGE_TOO_LARGE",
    });
    expect(await readBlobs(folder)).toEqual(new Map());
  });
});

describe("an index", () => {
  test("is asked for one platform, and only that one's blobs are fetched", async () => {
    const [amd, arm] = [randomImage([1000]), randomImage([2000], "arm64")];
    const index = makeIndex([amd, arm]);
    for (const image of [amd, arm]) await pushImage(host, "multi/app", image);
    await pushIndex(host, "multi/app:2.0.0", index);
    const { folder, root } = await place.download(`${host}/multi/app:2.0.0`, {
      choosePlatform: ({ manifests }) =>
        manifests.find(({ platform }) => platform?.architecture === "arm64") ?? ({} as never),
    });
    expect(root.digest).toBe(index.digest);
    expect(await readBlobs(folder)).toEqual(blobsOf(arm, index));
  });

  test("of which nothing is chosen ends with what the chooser threw, and nothing is fetched", async () => {
    const image = randomImage([1000]);
    await pushImage(host, "multi/none", image);
    await pushIndex(host, "multi/none:1", makeIndex([image]));
    const folder = await place.newFolder();
    await expect(place.download(`${host}/multi/none:1`, { folder })).rejects.toThrow("there is nothing to choose");
    expect(await readBlobs(folder)).toEqual(new Map());
  });
});

describe("a tag", () => {
  test("that moved changes nothing for whoever pinned the digest (A55)", async () => {
    const [before, after] = [randomImage([100]), randomImage([200])];
    await pushImage(host, "moved/app:1.0.0", before);
    await pushImage(host, "moved/app:1.0.0", after);
    const pinned = await place.download(`${host}/moved/app:1.0.0@${before.digest}`);
    expect(await readBlobs(pinned.folder)).toEqual(blobsOf(before));
    expect(pinned.reference).toMatchObject({ tag: "1.0.0", digest: before.digest });
    expect((await place.download(`${host}/moved/app:1.0.0`)).reference.digest).toBe(after.digest);
  });

  test("that moves in the middle of a download does not mix two images", async () => {
    const [before, after] = [randomImage([100]), randomImage([200])];
    const index = makeIndex([before]);
    await pushImage(host, "moving/app", before);
    await pushIndex(host, "moving/app:1", index);
    const { promise: moved, resolve } = Promise.withResolvers<void>();
    const download = place.download(`${host}/moving/app:1`, {
      choosePlatform: ({ manifests: [first] }) => {
        void pushImage(host, "moving/app:1", after).then(resolve);
        return first ?? ({} as never);
      },
    });
    await moved;
    expect(await readBlobs((await download).folder)).toEqual(blobsOf(before, index));
  });

  test("that does not exist is answered with those near to it, a repository that does not exist without any", async () => {
    for (const tag of ["1.0.0", "1.1.0", "nightly"]) await pushImage(host, `near/app:${tag}`, randomImage([10]));
    await expect(place.download(`${host}/near/app:1.0.1`)).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: `download ${host}/near/app:1.0.1: ${host} has no tag 1.0.1`,
      details: { tags: ["1.0.0", "1.1.0", "nightly"] },
      hint: "There are 1.0.0, 1.1.0, nightly.",
    });
    await expect(place.download(`${host}/near/nothing:1`)).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringMatching(/has no such repository$/u),
    });
    await expect(place.download(`${host}/near/app@sha256:${"0".repeat(64)}`)).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringMatching(/has no manifest of this digest$/u),
    });
  });
});

describe("without a tag", () => {
  test("the highest version is taken, and it is said", async () => {
    for (const tag of ["1.9.0", "1.10.0", "2.0.0-rc.1", "latest"])
      await pushImage(host, `untagged/app:${tag}`, randomImage([10]));
    const { reference, tagBecause } = await place.download(`${host}/untagged/app`);
    expect({ tag: reference.tag, tagBecause }).toEqual({ tag: "1.10.0", tagBecause: "highest version" });
  });

  test("latest is taken where no version is there, and also where the registry does not list", async () => {
    for (const tag of ["latest", "stable"]) await pushImage(host, `untagged/latest:${tag}`, randomImage([10]));
    expect((await place.download(`${host}/untagged/latest`)).reference.tag).toBe("latest");
    await using proxy = await startProxy({
      target: host,
      tamper: ({ path }) => (path.includes("/tags/") ? { answer: { status: 403 } } : undefined),
    });
    expect(await place.download(`${proxy.host}/untagged/latest`)).toMatchObject({
      reference: { tag: "latest" },
      tagBecause: "latest",
    });
  });

  test("and without a version or latest, what is there is named", async () => {
    await pushImage(host, "untagged/odd:nightly", randomImage([10]));
    await expect(place.download(`${host}/untagged/odd`)).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      hint: "Name a tag. There are nightly.",
    });
  });
});

describe("a list of tags in pages", () => {
  // This version of the registry sends all tags at once, so the proxy turns the pages.
  const paged = (link: (page: number) => string | undefined): Parameters<typeof startProxy>[0]["tamper"] => {
    const pages = [["1.0.0", "x"], ["3.0.0"], ["2.0.0"]];
    return ({ path }) => {
      if (!path.includes("/tags/list")) return undefined;
      const page = Number(new URL(path, "http://x").searchParams.get("last") ?? 0);
      const next = link(page);
      const headers = { "content-type": "application/json", ...(next !== undefined && { link: next }) };
      return { answer: { status: 200, headers, body: JSON.stringify({ name: "paged/app", tags: pages[page] ?? [] }) } };
    };
  };

  beforeAll(async () => {
    if (missing === undefined)
      for (const tag of ["1.0.0", "2.0.0", "3.0.0"]) await pushImage(host, `paged/app:${tag}`, randomImage([10]));
  });

  test.each(["", "http://elsewhere.invalid"])("is read to its end, always at the same host (%j)", async (origin) => {
    const tamper = paged((page) =>
      page < 2 ? `<${origin}/v2/paged/app/tags/list?last=${page + 1}&n=2>; rel="next"` : undefined,
    );
    await using proxy = await startProxy({ target: host, ...(tamper !== undefined && { tamper }) });
    expect((await place.download(`${proxy.host}/paged/app`)).reference.tag).toBe("3.0.0");
    expect(proxy.requests.filter(({ path }) => path.includes("/tags/"))).toHaveLength(3);
  });

  test.each([
    ["never ends", (): string => '</v2/paged/app/tags/list?last=1>; rel="next"', "MESSAGE_TOO_LARGE"],
    ["leads elsewhere", (): string => '</v2/_catalog?last=1>; rel="next"', "MESSAGE_MALFORMED"],
  ] as const)("that %s is refused", async (_, link, code) => {
    const tamper = paged(link);
    await using proxy = await startProxy({ target: host, ...(tamper !== undefined && { tamper }) });
    await expect(place.download(`${proxy.host}/paged/app`)).rejects.toMatchObject({ code });
    expect(proxy.requests.length).toBeLessThanOrEqual(100);
  });
});
