import { readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, useWorkplace } from "./workplace.ts";
import { writeImageArchive } from "./write-image-archive.ts";

const id = "acme_archived";
const metadata = (further: object = {}): string =>
  JSON.stringify({
    ui: { "dashboard-tab": { title: "Tab", root: "ui", src: "index.html" } },
    host: { binaries: [{ linux: [{ path: "/tool.sh" }], darwin: [{ path: "/tool.sh" }] }] },
    ...further,
  });
const files = {
  "metadata.json": metadata(),
  "ui/index.html": "<h1>ahoy</h1>",
  "tool.sh": '#!/bin/sh\necho "tool $1"\n',
  "usr/share/large": "not wanted",
};

describe.each([{ daemon: false }, { daemon: true }])(
  "an archive of an image, beside a daemon: $daemon",
  ({ daemon }) => {
    const workplace = useWorkplace({ daemon });

    it("installs, shows what it is, runs its executable, and goes", async () => {
      const archive = await writeImageArchive(workplace.folder, files);
      const installed = await workplace.run(["install", archive, "-y"]);
      expect({ code: installed.code, stderr: installed.stderr }).toEqual({ code: 0, stderr: "" });
      const lines = installed.stdout.toString().split("\n");
      expect(lines[0]).toBe(`source: the archive ${archive}`);
      expect(lines).toContain("  image: acme/archived:1.2.0");
      const [extension] = JSON.parse((await workplace.run(["ls", "--json"])).stdout.toString());
      expect(extension).toMatchObject({
        id,
        title: "Archived",
        vendor: "Acme",
        version: "1.2.0",
        image: "acme/archived:1.2.0",
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
        engine: null,
      });
      expect(lines).toContain(`  digest: ${extension.digest}`);
      expect((await workplace.run(["host-exec", id, "tool.sh", "runs"])).stdout.toString()).toBe("tool runs\n");
      const { folder } = JSON.parse((await workplace.run(["inspect", id, "--json"])).stdout.toString());
      expect(await readFile(join(folder, "root/ui/index.html"), "utf8")).toBe("<h1>ahoy</h1>");
      expect((await filesBelow(folder)).some((name) => name.includes("large"))).toBe(false);
      expect((await workplace.run(["rm", id])).code).toBe(0);
    });

    it("that was cut short is refused with a reason, and leaves nothing", async () => {
      const archive = await writeImageArchive(workplace.folder, files);
      await truncate(archive, 6000);
      const { code, stderr } = await workplace.run(["install", archive, "-y"]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: .+\n(?:hint: .+\n)?$/u);
      expect(JSON.parse((await workplace.run(["ls", "--json"])).stdout.toString())).toEqual([]);
    });

    it("never starts a process that its files ask for", async () => {
      const local = { vm: { "x-local": { command: ["sh", "-c", "touch canary"] } } };
      const archive = await writeImageArchive(workplace.folder, { ...files, "metadata.json": metadata(local) });
      const { code, stderr } = await workplace.run(["install", archive, "-y", "--json"]);
      expect(code).toBe(1);
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: "ENGINE_UNAVAILABLE" } });
    });
  },
);
