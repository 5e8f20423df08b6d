import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const lockfile = join(import.meta.dirname, "../../../pnpm-lock.yaml");

it("the lockfile holds node-ipc 14.0.0 and no other, and only this package depends on it", async () => {
  const lines = (await readFile(lockfile, "utf8")).split("\n");
  // Every way a lockfile names a package, an alias included: `node-ipc@14.0.0:`, `'node-ipc': …`, `npm:node-ipc@…`.
  const versions = lines.flatMap((line) =>
    [...line.matchAll(/\bnode-ipc@([^\s:'"()]+)/gu)].map(([, version]) => version),
  );
  expect(new Set(versions)).toEqual(new Set(["14.0.0"]));
  const dependents = lines.flatMap((line, index) =>
    /^\s+'?node-ipc'?:/u.test(line)
      ? [
          lines
            .slice(0, index)
            .findLast((above) => /^ {2}\S/u.test(above))
            ?.trim(),
        ]
      : [],
  );
  expect(dependents).toEqual(["packages/control:"]);
});
