import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Makes an archive as `docker save` writes it, `acme/archived:1.2.0` with the given files as its one layer, and returns its path. Tar of
 * the system makes it.
 */
export async function writeImageArchive(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const [root, out, archive] = ["root", "out", "image.tar"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text, { mode: 0o755 });
  }
  tar(root, join(out, "layer.tar"), ["."]);
  const config = JSON.stringify({
    os: "linux",
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    config: { Labels: { "org.opencontainers.image.title": "Archived", "org.opencontainers.image.vendor": "Acme" } },
    rootfs: { type: "layers", diff_ids: [`sha256:${sha256(await readFile(join(out, "layer.tar")))}`] },
  });
  const name = `${sha256(Buffer.from(config))}.json`;
  await writeFile(join(out, name), config);
  const manifest = [{ Config: name, RepoTags: ["acme/archived:1.2.0"], Layers: ["layer.tar"] }];
  await writeFile(join(out, "manifest.json"), JSON.stringify(manifest));
  tar(out, archive, ["manifest.json", name, "layer.tar"]);
  return archive;
}

function tar(folder: string, archive: string, members: readonly string[]): void {
  const { status, stderr } = spawnSync("tar", ["-C", folder, "-cf", archive, ...members], { encoding: "utf8" });
  if (status !== 0) throw new Error(`tar ended with ${status}: ${stderr}`);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
