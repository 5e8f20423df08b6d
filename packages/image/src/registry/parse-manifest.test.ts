import { expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const indexType = "application/vnd.oci.image.index.v1+json";
const digest = `sha256:${"a".repeat(64)}`;
const part = { mediaType: "application/octet-stream", digest, size: 1 };
const image = { schemaVersion: 2, mediaType: manifestType, config: part, layers: [part] };
const index = {
  schemaVersion: 2,
  mediaType: indexType,
  manifests: [{ ...part, platform: { os: "linux", architecture: "arm64" } }],
};

const parse = (document: unknown, type?: string): unknown =>
  parseManifest(Buffer.from(JSON.stringify(document)), type, "download x");

test("an image and an index are told apart, also where only the transfer names the type", () => {
  expect(parse(image, "application/json")).toMatchObject({ kind: "image", layers: [part] });
  expect(parse({ ...index, mediaType: undefined }, indexType)).toMatchObject({
    kind: "index",
    manifests: [{ platform: { os: "linux", architecture: "arm64" } }],
  });
});

test.each([
  ["both layers and manifests", { ...image, manifests: [] }, manifestType],
  ["an index with a config", { ...index, config: part }, indexType],
  ["another type than it is sent as", image, indexType],
  ["no type", { ...image, mediaType: undefined }, "text/plain"],
  ["the old schema", { ...image, schemaVersion: 1 }, manifestType],
  ["no layers", { ...image, layers: undefined }, manifestType],
  ["a negative size", { ...image, layers: [{ ...part, size: -1 }] }, manifestType],
  ["a size that is none", { ...image, layers: [{ ...part, size: 2 ** 60 }] }, manifestType],
  [
    "a digest of another algorithm",
    { ...image, layers: [{ ...part, digest: `sha512:${"a".repeat(128)}` }] },
    manifestType,
  ],
  ["a digest that is a path", { ...image, layers: [{ ...part, digest: "sha256:../../x" }] }, manifestType],
  ["a text", "x", manifestType],
])("a manifest with %s is malformed", (_, document, type) => {
  expect(() => parse(document, type)).toThrow(expect.objectContaining({ code: "MESSAGE_MALFORMED" }));
});

test.each([
  { ...part, urls: ["https://elsewhere.example/layer"] },
  { ...part, mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" },
  { ...part, mediaType: "application/vnd.oci.image.layer.nondistributable.v1.tar" },
])("the foreign layer %j is refused", (layer) => {
  expect(() => parse({ ...image, layers: [layer] }, manifestType)).toThrow(
    expect.objectContaining({ code: "SOURCE_REFUSED" }),
  );
});
