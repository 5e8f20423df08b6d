// What it costs to list and digest the layers of an image, in one run. See README.md.
// Usage: node tooling/bench/image/main.ts [--rounds N]. Linux only: the figures are the kernel's own.
import { parseArgs } from "node:util";
import { candidates } from "./candidates.ts";
import { generateLayers } from "./generate-layers.ts";
import { measure } from "./measure.ts";
import { report } from "./report.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);
const layers = generateLayers();
const expected = candidates.find(({ name }) => name.startsWith("GNU tar"))?.read(layers);
if (expected === undefined) throw new Error("nobody says what the answer is");
console.log(report(measure(candidates, layers, { expected, rounds }), rounds));
