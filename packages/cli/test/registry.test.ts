import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  makeImage,
  makeIndex,
  pushImage,
  pushIndex,
  startRegistry,
  type TestRegistry,
  whyNoRegistry,
} from "@tooling/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { useWorkplace } from "./workplace.ts";
import { writeImageArchive } from "./write-image-archive.ts";

vi.setConfig({ testTimeout: 60_000 });

const missing = await whyNoRegistry();
const metadata = JSON.stringify({ ui: { "dashboard-tab": { title: "Tab", root: "ui", src: "index.html" } } });

describe("an image of a registry", () => {
  const workplace = useWorkplace({ daemon: false });
  let registry: TestRegistry;

  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  beforeAll(async () => {
    if (missing === undefined) registry = await startRegistry();
  });
  afterAll(async () => {
    if (missing === undefined) await registry[Symbol.asyncDispose]();
  });

  async function layerOf(page: string): Promise<Buffer> {
    const folder = join(workplace.folder, page);
    await writeImageArchive(folder, { "metadata.json": metadata, "ui/index.html": page });
    return readFile(join(folder, "out", "layer.tar"));
  }

  it("is downloaded, for this computer's processor, at the highest version, and installed; nothing of the download is left", async () => {
    const images = [makeImage([await layerOf("one")], "amd64"), makeImage([await layerOf("other")], "arm64")];
    for (const [index, image] of images.entries()) await pushImage(registry.host, `acme/hello:part-${index}`, image);
    for (const tag of ["1.2.0", "1.10.0", "2.0.0-rc.1"]) {
      await pushIndex(registry.host, `acme/hello:${tag}`, makeIndex(images));
    }
    const { code, stdout, stderr } = await workplace.run(["install", `${registry.host}/acme/hello`, "-y"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.toString().split("\n");
    expect(lines[0]).toBe(`source: the image ${registry.host}/acme/hello of its registry`);
    expect(lines[1]).toMatch(
      /^image: 127\.0\.0\.1:\d+\/acme\/hello:1\.10\.0@sha256:\w{64} \(no tag was given: highest version\)$/u,
    );
    const [extension] = JSON.parse((await workplace.run(["ls", "--json"])).stdout.toString());
    expect(extension).toMatchObject({
      version: "1.10.0",
      image: expect.stringContaining("/acme/hello:1.10.0@sha256:"),
    });
    const { folder } = JSON.parse((await workplace.run(["inspect", extension.id, "--json"])).stdout.toString());
    expect(await readFile(join(folder, "root/ui/index.html"), "utf8")).toBe(process.arch === "arm64" ? "other" : "one");
    expect(await readdir(workplace.home)).not.toContain("downloads");
  });

  it("that is not there is refused with the tags that are, and leaves nothing", async () => {
    await pushImage(registry.host, "acme/tagged:1.0.0", makeImage([await layerOf("one")], "amd64"));
    const { code, stderr } = await workplace.run(["install", `${registry.host}/acme/tagged:1.0.1`, "-y"]);
    expect(code).toBe(1);
    expect(stderr).toContain("1.0.0");
    expect(await readdir(workplace.home)).not.toContain("downloads");
  });
});
