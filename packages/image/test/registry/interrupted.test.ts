import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  pushImage,
  type SeenRequest,
  startProxy,
  type Tampering,
  type TestImage,
  whyNoRegistry,
} from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { blobsOf, openPlace, type Place, randomImage, readBlobs } from "./place.ts";

const missing = await whyNoRegistry();
const size = 400_000;
const image: TestImage = randomImage([size]);
const layer = image.blobs[1]?.digest ?? "";
let place: Place;
let host: string;
beforeAll(async () => {
  if (missing !== undefined) return;
  place = await openPlace();
  ({ host } = place.registry);
  await pushImage(host, "cut/app:1", image);
});
afterAll(async () => place?.[Symbol.asyncDispose]());
beforeEach(({ skip }) => skip(missing !== undefined, missing));

/** Tampers with each request for the layer in turn; later ones pass. */
function inTurn(...turns: readonly Tampering[]): (request: SeenRequest) => Tampering | undefined {
  let turn = -1;
  return ({ path }) => {
    if (!path.endsWith(layer)) return undefined;
    turn += 1;
    return turns[turn];
  };
}

const layerRanges = (requests: readonly SeenRequest[]): unknown =>
  requests.filter(({ path }) => path.endsWith(layer)).map(({ range }) => range);
const namesIn = (folder: string): Promise<string[]> => readdir(join(folder, "blobs", "sha256"));

describe("a blob whose connection is cut", () => {
  test("is continued from where it was cut", async () => {
    await using proxy = await startProxy({ target: host, tamper: inTurn({ cutAfter: 100_000 }, { cutAfter: 50_000 }) });
    const { folder } = await place.download(`${proxy.host}/cut/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    const ranges = layerRanges(proxy.requests) as (string | undefined)[];
    expect(ranges).toHaveLength(3);
    expect(ranges[0]).toBeUndefined();
    // A cut may take the last pieces with it, but never so that nothing is continued.
    for (const range of ranges.slice(1)) expect(range).toMatch(/^bytes=[1-9]\d*-$/u);
  });

  test("begins anew where the registry does not know ranges", async () => {
    await using proxy = await startProxy({
      target: host,
      tamper: inTurn({ cutAfter: 100_000 }, { withoutRange: true }),
    });
    const { folder } = await place.download(`${proxy.host}/cut/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(layerRanges(proxy.requests)).toHaveLength(2);
  });

  test("is asked for six times at most, and what arrived stays for the next call", async () => {
    const folder = await place.newFolder();
    await using proxy = await startProxy({
      target: host,
      tamper: ({ path }) => (path.endsWith(layer) ? { cutAfter: 10_000 } : undefined),
    });
    await expect(place.download(`${proxy.host}/cut/app:1`, { folder })).rejects.toMatchObject({
      code: "ENDPOINT_UNREACHABLE",
      message: expect.stringMatching(/the connection was cut 6 times$/u),
    });
    expect(layerRanges(proxy.requests)).toHaveLength(6);
    expect(await namesIn(folder)).toContain(`${layer.slice(7)}.part`);
    expect(await readdir(folder)).not.toContain("index.json");
    await using whole = await startProxy({ target: host });
    await place.download(`${whole.host}/cut/app:1`, { folder });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(layerRanges(whole.requests)).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/u)]);
  });

  test("a manifest that is cut is asked for again, too", async () => {
    let cuts = 0;
    const tamper = ({ path }: SeenRequest): Tampering | undefined =>
      path.includes("/manifests/") && (cuts += 1) < 3 ? { cutAfter: 20 } : undefined;
    await using proxy = await startProxy({ target: host, tamper });
    const { folder } = await place.download(`${proxy.host}/cut/app:1`);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
  });
});

test("a download that was killed is continued by the next process", { timeout: 30_000 }, async () => {
  const folder = await place.newFolder();
  await using stalling = await startProxy({ target: host, tamper: inTurn({ stallAfter: 250_000 }) });
  const program = join(import.meta.dirname, "download-child.ts");
  const child = spawn(process.execPath, [program, `${stalling.host}/cut/app:1`, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let text = "";
  const { promise: halfWay, resolve, reject } = Promise.withResolvers<void>();
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.includes("250000 of 400000")) resolve();
  });
  void ended.then(() => reject(new Error(`it ended by itself: ${text}`)));
  await halfWay;
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  expect(await namesIn(folder)).toContain(`${layer.slice(7)}.part`);

  await using proxy = await startProxy({ target: host });
  await place.download(`${proxy.host}/cut/app:1`, { folder });
  expect(layerRanges(proxy.requests)).toEqual(["bytes=250000-"]);
  expect(await readBlobs(folder)).toEqual(blobsOf(image));
});

describe("a part that an earlier process left", () => {
  const leave = async (bytes: Buffer): Promise<string> => {
    const folder = await place.newFolder();
    await readBlobs(folder);
    await writeFile(join(folder, "blobs", "sha256", `${layer.slice(7)}.part`), bytes);
    return folder;
  };

  test.each([
    ["is wrong", Buffer.alloc(1000), ["bytes=1000-", undefined]],
    ["is as long as the blob and wrong", Buffer.alloc(size), [undefined]],
    ["is longer than the blob", Buffer.alloc(size + 1), [undefined]],
    ["is empty", Buffer.alloc(0), [undefined]],
  ])("and %s does not keep the image away", async (_, bytes, ranges) => {
    const folder = await leave(bytes);
    await using proxy = await startProxy({ target: host });
    await place.download(`${proxy.host}/cut/app:1`, { folder });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(layerRanges(proxy.requests)).toEqual(ranges);
  });

  test("and is whole needs nothing but its name", async () => {
    const folder = await leave(image.blobs[1]?.bytes ?? Buffer.alloc(0));
    await using proxy = await startProxy({ target: host });
    await place.download(`${proxy.host}/cut/app:1`, { folder });
    expect(layerRanges(proxy.requests)).toEqual([]);
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
  });
});

describe("a blob with other bytes", () => {
  test.each([
    ["changed", { corruptAt: 200_000 }, "its bytes have the digest"],
    ["changed before a cut", { corruptAt: 0, cutAfter: 100_000 }, "its bytes have the digest"],
    [
      "longer than its manifest says",
      { answer: { status: 200, headers: { "transfer-encoding": "chunked" }, body: "x".repeat(size + 1) } },
      "it is longer than its manifest says",
    ],
    [
      "of another length",
      { answer: { status: 200, headers: { "content-length": "1" }, body: "x" } },
      "it has 1 bytes, its manifest says 400000",
    ],
  ] as const)("(%s) is refused, and nothing of it stays", async (_, tampering, why) => {
    const folder = await place.newFolder();
    await using proxy = await startProxy({ target: host, tamper: inTurn(tampering) });
    await expect(place.download(`${proxy.host}/cut/app:1`, { folder })).rejects.toMatchObject({
      code: "DIGEST_MISMATCH",
      details: { digest: layer },
      message: expect.stringContaining(`fetch ${layer}: ${why}`),
    });
    expect((await namesIn(folder)).filter((name) => name.includes(layer.slice(7)))).toEqual([]);
    expect(await readdir(folder)).not.toContain("index.json");
    await place.download(`${proxy.host}/cut/app:1`, { folder });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
  });

  test("a part other than the one asked for is refused", async () => {
    await using proxy = await startProxy({
      target: host,
      tamper: inTurn(
        { cutAfter: 100_000 },
        { answer: { status: 206, headers: { "content-range": `bytes 0-1/${size}` }, body: "xx" } },
      ),
    });
    await expect(place.download(`${proxy.host}/cut/app:1`)).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
  });
});

describe("an answer that stands still", () => {
  test("is given up after the idle time, and is not asked for again", async () => {
    await using proxy = await startProxy({ target: host, tamper: inTurn({ stallAfter: 1000 }) });
    await expect(place.download(`${proxy.host}/cut/app:1`, { idleMs: 300 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    expect(layerRanges(proxy.requests)).toHaveLength(1);
  });

  test("is given up when the caller's time is over", async () => {
    await using proxy = await startProxy({ target: host, tamper: inTurn({ stallAfter: 1000 }) });
    await expect(place.download(`${proxy.host}/cut/app:1`, { timeoutMs: 500 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
  });

  test("ends at once with the caller's abort, which keeps what arrived", async () => {
    const folder = await place.newFolder();
    await using proxy = await startProxy({ target: host, tamper: inTurn({ stallAfter: 100_000 }) });
    const caller = new AbortController();
    const download = place.download(`${proxy.host}/cut/app:1`, { folder, signal: caller.signal });
    await proxy.stalled(1);
    caller.abort(new Error("enough"));
    await expect(download).rejects.toMatchObject({ code: "ABORTED", cause: caller.signal.reason });
    expect(await namesIn(folder)).toContain(`${layer.slice(7)}.part`);
    expect(await readFile(join(folder, "index.json")).catch(() => "none")).toBe("none");
  });

  test("is not begun with a signal that was aborted before", async () => {
    await using proxy = await startProxy({ target: host });
    await expect(place.download(`${proxy.host}/cut/app:1`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(proxy.requests).toEqual([]);
  });
});

test("three blobs come at a time, not more", async () => {
  const many = randomImage([1000, 2000, 3000, 4000, 5000]);
  await pushImage(host, "cut/many:1", many);
  await using proxy = await startProxy({
    target: host,
    tamper: ({ path }) => (path.includes("/blobs/") ? { stallAfter: 10 } : undefined),
  });
  const caller = new AbortController();
  const download = place.download(`${proxy.host}/cut/many:1`, { signal: caller.signal });
  await proxy.stalled(3);
  caller.abort();
  await expect(download).rejects.toMatchObject({ code: "ABORTED" });
  expect(proxy.requests.filter(({ path }) => path.includes("/blobs/"))).toHaveLength(3);
});
