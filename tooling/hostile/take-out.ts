import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { RemovedCheck } from "./removed-checks.ts";

// Loaded before the program (`node --import`): takes one check out of the sources on their way in. Nothing on disk changes.
const { file, from, to } = JSON.parse(process.env["TAKE_OUT"] ?? "{}") as RemovedCheck;
const ending = `/packages/gateway/src/${file}`;

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(ending)) return next(url, context);
    const source = readFileSync(fileURLToPath(url), "utf8");
    if (!source.includes(from)) throw new Error(`${file} does not hold ${from}`);
    return { format: "module-typescript", source: source.replace(from, to), shortCircuit: true };
  },
});
