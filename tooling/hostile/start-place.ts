import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Served, startServe } from "@tooling/serve";
import type { RemovedCheck } from "./removed-checks.ts";
import { type Place, visit } from "./visitor.ts";

/** A running server with two extensions, and somebody who is signed in to it. */
export interface ServedPlace extends Served {
  readonly place: Place;
}

const sources = [
  "--import",
  pathToFileURL(join(import.meta.dirname, "take-out.ts")).href,
  join(import.meta.dirname, "../../packages/cli/src/bin.ts"),
];

/** Starts the built program; or its sources, with a check taken out of them. */
export async function startPlace(removed?: RemovedCheck): Promise<ServedPlace> {
  const changed = removed && { program: sources, env: { TAKE_OUT: JSON.stringify(removed) } };
  const served = await startServe({ hellos: ["one", "two"], ...changed });
  try {
    return { ...served, place: await visit(served.link, ["one", "two"]) };
  } catch (error) {
    await served[Symbol.asyncDispose]();
    throw error;
  }
}
