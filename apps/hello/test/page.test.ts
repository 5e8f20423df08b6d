import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..");
const read = async (path: string): Promise<string> => readFile(join(folder, path), "utf8");

interface Metadata {
  readonly icon: string;
  readonly vm: { readonly composefile: string };
  readonly ui: { readonly "dashboard-tab": { readonly root: string; readonly src: string } };
  readonly host: { readonly binaries: readonly Readonly<Record<string, readonly { readonly path: string }[]>>[] };
}

test("every file that metadata.json names is there, and the scripts may run", async () => {
  const { icon, vm, ui, host } = JSON.parse(await read("metadata.json")) as Metadata;
  const tab = ui["dashboard-tab"];
  for (const path of [icon, vm.composefile, join(tab.root, tab.src)])
    expect((await lstat(join(folder, path))).isFile()).toBe(true);
  const paths = host.binaries.flatMap((entry) => Object.values(entry).flat()).map(({ path }) => path);
  expect(new Set(paths)).toEqual(new Set(["/host/hello-host.sh", "/host/hello-host.cmd"]));
  expect((await lstat(join(folder, "host/hello-host.sh"))).mode & 0o111).toBe(0o111);
  expect((await read("host/hello-host.cmd")).replaceAll("\r\n", "")).not.toContain("\n");
});

test("the page loads nothing by an absolute path and holds no inline script, style or handler", async () => {
  const html = await read("ui/index.html");
  const references = [...html.matchAll(/\b(?:src|href)="([^"]*)"/gu)].map(([, target = ""]) => target);
  expect(references.toSorted()).toEqual(
    (await readdir(join(folder, "ui"))).filter((name) => name !== "index.html").toSorted(),
  );
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/u);
});
