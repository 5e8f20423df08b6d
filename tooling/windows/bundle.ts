import { rolldown } from "rolldown";

/** Writes `entry` and everything it imports, workspace packages and third-party code, into the one file `file` for Node 22. */
export async function bundle(entry: string, file: string): Promise<void> {
  const build = await rolldown({ input: entry, platform: "node", transform: { target: "node22" }, logLevel: "warn" });
  try {
    await build.write({ file, format: "esm", codeSplitting: false });
  } finally {
    await build.close();
  }
}
