import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkLockfile } from "./check-lockfile.ts";

const lockfile = readFileSync(join(import.meta.dirname, "../../../pnpm-lock.yaml"), "utf8");

/** The lockfile with a text after, or in place of, another one. */
const after = (place: string, text: string): string => put(place, `${place}${text}`);
const put = (place: string, text: string): string => {
  expect(lockfile).toContain(place);
  return lockfile.replace(place, () => text);
};
const integrity = /node-ipc@14\.0\.0:\n {4}resolution: \{integrity: (\S+)\}/u.exec(lockfile)?.[1] ?? "";
const importer = "\n  packages/core:\n";
const package9 = "  node-ipc@9.2.2:\n    resolution: {integrity: sha512-AAAA}\n\n";

describe("the lockfile", () => {
  it("holds node-ipc 14.0.0 as it was reviewed and no other, and only this package depends on it", () => {
    expect(checkLockfile(lockfile)).toEqual([]);
  });

  const others: Readonly<Record<string, string>> = {
    "another version beside it": after("\npackages:\n\n", package9),
    "another version in its place": lockfile.replaceAll("14.0.0", "12.0.1"),
    "no version at all": lockfile.replaceAll(/^.*node-ipc.*\n/gmu, ""),
    "a range, which the next install may resolve anew": put("specifier: 14.0.0", "specifier: ^14.0.0"),
    "another tarball under the same version": put(integrity, `sha512-${"A".repeat(86)}==`),
    "another place of the tarball": put(
      `{integrity: ${integrity}}`,
      `{integrity: ${integrity}, tarball: https://x/y.tgz}`,
    ),
    "an alias": after(
      importer,
      "    dependencies:\n      ipc:\n        specifier: npm:node-ipc@9.2.2\n        version: node-ipc@9.2.2\n",
    ),
    "another package of ours that depends on it": after(
      importer,
      "    dependencies:\n      node-ipc:\n        specifier: 14.0.0\n        version: 14.0.0\n",
    ),
    "a dependency of a dependency": after(
      "\nsnapshots:\n\n",
      "  other@1.0.0:\n    dependencies:\n      node-ipc: 9.2.2\n\n",
    ),
    "the right version as a dependency of a dependency": after(
      "\nsnapshots:\n\n",
      "  other@1.0.0:\n    dependencies:\n      node-ipc: 14.0.0\n\n",
    ),
    "an alias in a dependency of a dependency": after(
      "\nsnapshots:\n\n",
      "  other@1.0.0:\n    dependencies:\n      ipc: node-ipc@9.2.2\n\n",
    ),
    "a copy inside another package": after(
      "\npackages:\n\n",
      "  other@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n    bundledDependencies:\n      - node-ipc\n\n",
    ),
    "an override": put("\ncatalogs:\n", "\noverrides:\n  node-ipc: 9.2.2\n\ncatalogs:\n"),
    "an override of something else by it": put(
      "\ncatalogs:\n",
      "\noverrides:\n  js-queue: npm:node-ipc@9.2.2\n\ncatalogs:\n",
    ),
    "a catalog": put("\ncatalogs:\n  default:\n", "\ncatalogs:\n  default:\n    node-ipc:\n      specifier: 9.2.2\n"),
    "a patch of it": put("\ncatalogs:\n", "\npatchedDependencies:\n  node-ipc@14.0.0: 0a1b2c\n\ncatalogs:\n"),
    "a fork": after("\npackages:\n\n", "  '@somebody/node-ipc@9.2.10':\n    resolution: {integrity: sha512-AAAA}\n\n"),
    "a repository": put(
      "        version: 14.0.0",
      "        version: https://codeload.github.com/x/node-ipc/tar.gz/abc",
    ),
    "a folder": put("        version: 14.0.0", "        version: link:../node-ipc"),
    "another version of what it needs": put("js-queue: 3.1.0", "js-queue: 2.0.2"),
    "what the harmful versions brought along": after(
      "\npackages:\n\n",
      "  peacenotwar@9.1.6:\n    resolution: {integrity: sha512-AAAA}\n\n",
    ),
    "a name in escapes": after(
      "\npackages:\n\n",
      String.raw`  "node\x2dipc@9.2.2":` + "\n    resolution: {integrity: sha512-AAAA}\n\n",
    ),
    "a name in quotes and capitals": after("\npackages:\n\n", package9.replace("node-ipc@9.2.2", "'Node-IPC@9.2.2'")),
  };
  for (const [name, text] of Object.entries(others)) {
    it(`is refused with ${name}`, () => expect(checkLockfile(text)).not.toEqual([]));
  }
});
