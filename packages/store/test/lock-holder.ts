// Usage: node lock-holder.ts <home>: takes the lock, prints "held" and keeps it until it is ended.
import { createStore } from "../src/index.ts";
import { createTestProcessTable } from "./process-table.ts";

const store = createStore({ home: process.argv[2] ?? "", processes: createTestProcessTable() });
await store.lock({ waitMs: 0 });
console.log("held");
process.stdin.resume();
