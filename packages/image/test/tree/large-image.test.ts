import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createLayerTree, type LayerTree } from "../../src/tree/create-layer-tree.ts";
import { mergeLayers } from "../../src/tree/merge-layers.ts";
import { createTreeBudget } from "../../src/tree/tree-budget.ts";
import { type Draft, device, empty, entryOf, file, folder, hardlink, symlink } from "./entries.ts";

const mebibyte = 1024 ** 2;

it("keeps a Debian root with node_modules, 150,000 entries, in 60 MiB, and merges it within a second of a processor", () => {
  const collect = collector();
  collect();
  const idle = process.memoryUsage().heapUsed;
  const begun = process.cpuUsage();
  const attempt = "open x.tar";
  const budget = createTreeBudget(attempt);
  let count = 0;
  const layers: LayerTree[] = [debian(), nodeModules(), extension()].map((drafts, index) => {
    const layer = createLayerTree(index, { attempt, budget });
    let ordinal = 0;
    for (const draft of drafts) layer.add(entryOf(draft, ordinal++));
    count += ordinal;
    return layer;
  });
  const tree = mergeLayers(layers);
  const spent = process.cpuUsage(begun);
  collect();
  const kept = process.memoryUsage().heapUsed - idle;

  expect(count).toBeGreaterThan(150_000);
  expect(tree.select(["metadata.json", "/ui", "bin/tool"]).map(({ path }) => path)).toEqual([
    "bin/tool",
    "metadata.json",
    "ui/index.html",
  ]);
  expect(layers).toHaveLength(3);
  expect(kept).toBeLessThan(60 * mebibyte);
  // A second is promised; a test machine that does something else besides gets four.
  expect(spent.user).toBeLessThan(4_000_000);
}, 60_000);

/** What debootstrap makes, by kinds and depths: links up and out, hard links, devices, colons, case twins. */
function* debian(): Iterable<Draft> {
  for (const name of ["bin", "lib", "sbin"]) yield symlink(name, `usr/${name}`);
  for (const name of ["null", "zero", "tty", "console"]) yield device(`./dev/${name}`);
  yield symlink("dev/fd", "/proc/self/fd");
  for (let pack = 0; pack < 300; pack++) {
    yield folder(`./usr/share/doc/lib${pack}-perl/`);
    for (let index = 0; index < 50; index++) yield file(`./usr/share/doc/lib${pack}-perl/Chapter::${index}.gz`);
    yield file(`./usr/share/doc/lib${pack}-perl/README`);
    yield file(`./usr/share/doc/lib${pack}-perl/readme`);
    yield symlink(`./etc/alternatives/tool${pack}`, `/usr/bin/tool-${pack}.1`);
    yield symlink(`./usr/lib/x/lib${pack}.so`, `../../../../../../lib${pack}.so.1`);
    yield hardlink(`./usr/bin/perl${pack}`, `./usr/share/doc/lib${pack}-perl/README`);
  }
}

function* nodeModules(): Iterable<Draft> {
  for (let pack = 0; pack < 2_000; pack++) {
    const at = `opt/app/node_modules/@scope-${pack % 40}/package-with-a-name-${pack}`;
    yield folder(`${at}/`);
    yield file(`${at}/package.json`);
    for (let index = 0; index < 60; index++) yield file(`${at}/dist/esm/internal/module-${index}-${pack % 100}.js`);
    for (const name of ["index.js", "index.d.ts", "README.md", "LICENSE", "index.js.map"])
      yield file(`${at}/dist/${name}`);
  }
}

function* extension(): Iterable<Draft> {
  yield empty("opt/app/.wh.cache");
  yield file("metadata.json");
  yield file("ui/index.html");
  yield file("usr/bin/tool");
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return () => {
    if (typeof collect === "function") collect();
  };
}
