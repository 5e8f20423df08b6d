import { pushImage, type SeenRequest, startProxy, type Tampering, whyNoRegistry } from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPlace, type Place, randomImage, readBlobs } from "./place.ts";

const missing = await whyNoRegistry();
const image = randomImage([1000]);
const other = randomImage([1000]);
let place: Place;
let host: string;
beforeAll(async () => {
  if (missing !== undefined) return;
  place = await openPlace();
  ({ host } = place.registry);
  await pushImage(host, "hostile/app:1", image);
});
afterAll(async () => place?.[Symbol.asyncDispose]());
beforeEach(({ skip }) => skip(missing !== undefined, missing));

const forManifests =
  (tampering: Tampering) =>
  ({ path }: SeenRequest): Tampering | undefined =>
    path.includes("/manifests/") ? tampering : undefined;

const answer = (body: string, headers: Readonly<Record<string, string>> = {}): Tampering => ({
  answer: { status: 200, headers: { "content-type": image.mediaType, ...headers }, body },
});

describe("a manifest", () => {
  test.each<readonly [string, Tampering, string]>([
    [
      "with another digest than the registry announces",
      answer(image.bytes.toString(), { "docker-content-digest": other.digest }),
      "DIGEST_MISMATCH",
    ],
    ["over 4 MiB", answer(" ".repeat(4 * 1024 * 1024 + 1)), "MESSAGE_TOO_LARGE"],
    ["that is not JSON", answer("<html>"), "MESSAGE_MALFORMED"],
    [
      "that is sent as an index",
      answer(image.bytes.toString(), { "content-type": "application/vnd.oci.image.index.v1+json" }),
      "MESSAGE_MALFORMED",
    ],
    ["behind an error of the server", { answer: { status: 503 } }, "ENDPOINT_UNREACHABLE"],
    ["that was asked for too often", { answer: { status: 429 } }, "ENDPOINT_UNREACHABLE"],
    ["with a status of no use", { answer: { status: 204 } }, "MESSAGE_MALFORMED"],
    ["behind a redirect to nowhere", { answer: { status: 302 } }, "MESSAGE_MALFORMED"],
  ])("%s ends the download before a blob is fetched", async (_, tampering, code) => {
    const folder = await place.newFolder();
    await using proxy = await startProxy({ target: host, tamper: forManifests(tampering) });
    await expect(place.download(`${proxy.host}/hostile/app:1`, { folder })).rejects.toMatchObject({ code });
    expect(await readBlobs(folder)).toEqual(new Map());
    expect(proxy.requests.filter(({ path }) => path.includes("/blobs/"))).toEqual([]);
  });

  test("that is not the pinned one is refused, whatever the registry announces", async () => {
    const lie = answer(other.bytes.toString(), { "docker-content-digest": image.digest });
    for (const tampering of [answer(other.bytes.toString()), lie]) {
      await using proxy = await startProxy({ target: host, tamper: forManifests(tampering) });
      await expect(place.download(`${proxy.host}/hostile/app:1@${image.digest}`)).rejects.toMatchObject({
        code: "DIGEST_MISMATCH",
        details: { wanted: image.digest, found: other.digest },
      });
    }
  });
});

test("a server's own words are not repeated, only the code of its error", async () => {
  const body = JSON.stringify({ errors: [{ code: "DENIED", message: "your token is hunter2" }] });
  await using proxy = await startProxy({ target: host, tamper: forManifests({ answer: { status: 403, body } }) });
  const error: unknown = await place.download(`${proxy.host}/hostile/app:1`).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "ENDPOINT_FORBIDDEN", details: { registryCode: "DENIED" } });
  expect(JSON.stringify(error)).not.toContain("hunter2");
});

test("a token that could not stand in a header is refused, and not shown", async () => {
  let proxyHost = "";
  const tamper = ({ path }: SeenRequest): Tampering => {
    if (path.startsWith("/token"))
      return { answer: { status: 200, body: JSON.stringify({ token: "hunter2\r\nx: y" }) } };
    return { answer: { status: 401, headers: { "www-authenticate": `Bearer realm="http://${proxyHost}/token"` } } };
  };
  await using proxy = await startProxy({ target: host, tamper });
  proxyHost = proxy.host;
  const error: unknown = await place.download(`${proxy.host}/hostile/app:1`).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "MESSAGE_MALFORMED" });
  expect(JSON.stringify(error)).not.toContain("hunter2");
});
