// Usage: node counting-writer.ts <home> <file> <times>: adds one to the number in the file so often, each time under the lock.
import { readFileSync, writeFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createStore } from "../src/index.ts";
import { createTestProcessTable } from "./process-table.ts";

const [, , home = "", file = "", times = "0"] = process.argv;
const store = createStore({ home, processes: createTestProcessTable() });
for (let index = 0; index < Number(times); index += 1) {
  await using lock = await store.lock({ waitMs: 20_000 });
  if (lock.home !== home) throw new Error("another home");
  const count = Number(readFileSync(file, "utf8"));
  // Lets another process in here if the lock does not keep it out.
  await nextTurn();
  writeFileSync(file, String(count + 1));
}
