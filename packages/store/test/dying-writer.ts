// Usage: DIE_AT=<n> node dying-writer.ts <home> install|update|repeat|remove: does it, and is killed just before its nth change of the disk
// under the lock. Prints how many changes there were when it lives.
import { createRequire, syncBuiltinESMExports } from "node:module";
import { createStore } from "../src/index.ts";
import { createTestProcessTable } from "./process-table.ts";
import { installSample } from "./sample-extension.ts";
import { toExtensionId } from "@bowsprit/core";

const [, , home = "", action = ""] = process.argv;
const dieAt = Number(process.env["DIE_AT"] ?? "0");
let changes = Number.NaN;
const files = createRequire(import.meta.url)("node:fs/promises") as Record<string, (...args: unknown[]) => unknown>;
for (const name of ["mkdir", "rename", "rm", "rmdir", "symlink", "link"]) {
  const original = files[name];
  if (original === undefined) throw new Error(`no ${name}`);
  files[name] = (...args) => {
    changes += 1;
    if (changes === dieAt) process.kill(process.pid, "SIGKILL");
    return original(...args);
  };
}
syncBuiltinESMExports();

const store = createStore({ home, processes: createTestProcessTable() });
{
  await using lock = await store.lock();
  changes = 0;
  if (action === "install") await installSample(store, lock, { name: "sample", content: "old" });
  if (action === "update") await installSample(store, lock, { name: "sample", content: "new", replace: true });
  if (action === "repeat") await installSample(store, lock, { name: "sample", content: "old", replace: true });
  if (action === "remove") await store.remove(lock, toExtensionId("sample"));
}
console.log(changes);
