import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** A change of the client's sources. */
export interface Break {
  /** Below `packages/transport/src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

// Loaded before the program (`node --import`): changes the client on its way in. Nothing on disk changes.
const { file, from, to } = JSON.parse(process.env["SOAK_BREAK"] ?? "{}") as Break;
const ending = `/packages/transport/src/${file}`;

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(ending)) return next(url, context);
    const source = readFileSync(fileURLToPath(url), "utf8");
    if (!source.includes(from)) throw new Error(`${file} does not hold ${from}`);
    return { format: "module-typescript", source: source.replace(from, to), shortCircuit: true };
  },
});
