import { resolve } from "node:path";
import { packPackages } from "./pack-packages.ts";

// Packs every public package into the folder given as the argument, for a job that publishes exactly these files.
const [destination] = process.argv.slice(2);
if (destination === undefined) throw new TypeError("pack.ts needs the folder to pack into");
for (const { name, version, path } of packPackages(resolve(import.meta.dirname, "../.."), resolve(destination))) {
  console.log(`${name} ${version}: ${path}`);
}
