import { pushImage, startProxy, startRegistry, whyNoRegistry } from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
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

test("a mirror that has the image is the only one asked", async () => {
  const image = randomImage();
  await pushImage(host, "library/hub-app:1.0.0", image);
  const { folder, reference } = await place.download("hub-app:1.0.0", { mirrors: { "docker.io": [host] } });
  expect(await readBlobs(folder)).toEqual(blobsOf(image));
  expect(reference).toMatchObject({ registry: "docker.io", familiarName: "hub-app" });
});

test("mirrors that do not answer, do not have it or send other bytes are passed over", async () => {
  const image = randomImage();
  await pushImage(host, "mirrored/app:1", image);
  await using empty = await startRegistry();
  await using corrupt = await startProxy({
    target: host,
    tamper: ({ path }) => (path.includes("/blobs/") ? { corruptAt: 0 } : undefined),
  });
  const gone = await startProxy({ target: host });
  await gone[Symbol.asyncDispose]();
  const mirrors = { [host]: [gone.host, empty.host, corrupt.host] };
  const { folder } = await place.download(`${host}/mirrored/app:1`, { mirrors });
  expect(await readBlobs(folder)).toEqual(blobsOf(image));
  expect(corrupt.requests.filter(({ path }) => path.includes("/blobs/"))).toHaveLength(image.blobs.length);
});

test("where all fail the registry's own failure is thrown, with those of the mirrors in its details", async () => {
  await using empty = await startRegistry();
  await expect(
    place.download(`${host}/mirrored/nothing:1`, { mirrors: { [host]: [empty.host] } }),
  ).rejects.toMatchObject({
    code: "SOURCE_NOT_FOUND",
    message: `download ${host}/mirrored/nothing:1: ${host} has no such repository`,
    details: { mirrors: [`${empty.host}: download ${host}/mirrored/nothing:1: ${empty.host} has no such repository`] },
  });
});

test("what nobody listens at is unreachable", async () => {
  const gone = await startProxy({ target: host });
  await gone[Symbol.asyncDispose]();
  await expect(place.download(`${gone.host}/any/app:1`)).rejects.toMatchObject({
    code: "ENDPOINT_UNREACHABLE",
    message: `download ${gone.host}/any/app:1: nothing listens there`,
  });
});
