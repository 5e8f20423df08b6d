import {
  account,
  type Certificate,
  makeCertificate,
  pushImage,
  startProxy,
  startRegistry,
  whyNoRegistry,
} from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { blobsOf, openPlace, type Place, randomImage, readBlobs } from "./place.ts";

const missing = await whyNoRegistry();
const image = randomImage();
let place: Place;
let host: string;
let certificate: Certificate;
beforeAll(async () => {
  if (missing !== undefined) return;
  place = await openPlace();
  certificate = await makeCertificate(place.folder);
  ({ host } = place.registry);
  await pushImage(host, "sent/app:1", image);
});
afterAll(async () => place?.[Symbol.asyncDispose]());
beforeEach(({ skip }) => skip(missing !== undefined, missing));

const redirect = (location: string, status = 307) => ({ answer: { status, headers: { location } } }) as const;

test.each([301, 302, 303, 307, 308])(
  "blobs behind a redirect (%i) to another host come without credentials there",
  async (status) => {
    await using registry = await startRegistry({ auth: { kind: "basic" }, storage: place.registry.storage });
    await using store = await startProxy({ target: host });
    await using front = await startProxy({
      target: registry.host,
      tamper: ({ path, authorization }) =>
        path.includes("/blobs/") && authorization !== undefined
          ? redirect(`http://${store.host}${path}?signature=s`, status)
          : undefined,
    });
    const dockerConfig = await place.config(front.host);
    const { folder } = await place.download(`${front.host}/sent/app:1`, { dockerConfig });
    expect(await readBlobs(folder)).toEqual(blobsOf(image));
    expect(store.requests).toHaveLength(image.blobs.length);
    expect(store.requests.map(({ authorization }) => authorization)).toEqual(image.blobs.map(() => undefined));
    expect(front.requests.filter(({ authorization }) => authorization !== undefined).length).toBeGreaterThan(
      image.blobs.length,
    );
  },
);

test("credentials do not come back with a redirect that comes back", async () => {
  await using registry = await startRegistry({ auth: { kind: "basic" }, storage: place.registry.storage });
  let back = "";
  await using away = await startProxy({ target: host, tamper: ({ path }) => redirect(`http://${back}${path}&back`) });
  await using front = await startProxy({
    target: registry.host,
    tamper: ({ path }) =>
      path.includes("/blobs/") && !path.includes("back") ? redirect(`http://${away.host}${path}?a=b`) : undefined,
  });
  back = front.host;
  const dockerConfig = await place.config(front.host);
  await expect(place.download(`${front.host}/sent/app:1`, { dockerConfig })).rejects.toMatchObject({
    code: "ENDPOINT_FORBIDDEN",
  });
  const returned = front.requests.filter(({ path }) => path.includes("back"));
  expect(returned.length).toBeGreaterThan(0);
  for (const { authorization } of returned) expect(authorization).toBeUndefined();
});

test.each(["Basic", "Bearer"])("another host that asks for credentials (%s) gets none", async (scheme) => {
  let self = "";
  await using thief = await startProxy({
    target: host,
    tamper: () => ({
      answer: { status: 401, headers: { "www-authenticate": `${scheme} realm="http://${self}/token"` } },
    }),
  });
  self = thief.host;
  await using front = await startProxy({
    target: host,
    tamper: ({ path }) =>
      path.includes("/blobs/") ? redirect(`http://${thief.host}/steal?signature=very-secret`) : undefined,
  });
  const dockerConfig = await place.config(front.host);
  const error: unknown = await place
    .download(`${front.host}/sent/app:1`, { dockerConfig })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "ENDPOINT_FORBIDDEN", details: { credentials: "none" } });
  expect(JSON.stringify(error)).not.toContain("very-secret");
  expect(JSON.stringify(error)).not.toContain(account.password);
  for (const { authorization, path } of thief.requests)
    expect([path.slice(0, 6), authorization]).toEqual(["/steal", undefined]);
});

test.each([
  ["in a circle", (front: string, path: string) => `http://${front}${path}`, /redirected more than 5 times$/u],
  ["to a file", () => "file:///etc/passwd", /to what is not HTTP$/u],
  ["with credentials", (front: string) => `http://me:very-secret@${front}/x`, /with credentials in the address$/u],
  ["to no host", () => "http://", /to no address$/u],
  ["to a host without TLS", () => "http://blobs.example.invalid/x", /to blobs\.example\.invalid without TLS$/u],
])("a redirect %s is refused", async (_, target, message) => {
  let self = "";
  await using front = await startProxy({
    target: host,
    tamper: ({ path }) => (path.includes("/blobs/") ? redirect(target(self, path)) : undefined),
  });
  self = front.host;
  const error: unknown = await place.download(`${front.host}/sent/app:1`).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "MESSAGE_MALFORMED", message: expect.stringMatching(message) });
  expect(JSON.stringify(error)).not.toContain("very-secret");
});

test("a registry with TLS leads nowhere without TLS, not even to loopback", async () => {
  await using store = await startProxy({ target: host });
  await using front = await startProxy({
    target: host,
    certificate,
    tamper: ({ path }) => (path.includes("/blobs/") ? redirect(`http://${store.host}${path}`) : undefined),
  });
  await expect(
    place.download(`${front.host}/sent/app:1`, { certificates: certificate.certificate }),
  ).rejects.toMatchObject({ code: "MESSAGE_MALFORMED", message: expect.stringMatching(/without TLS$/u) });
  expect(store.requests).toEqual([]);
});
