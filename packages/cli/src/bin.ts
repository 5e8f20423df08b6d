#!/usr/bin/env node
// No static import here: an older Node must get as far as saying that it is too old.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`error: start bowsprit: Node ${process.versions.node} is too old, it needs 22.19 or newer\n`);
  process.exitCode = 1;
} else {
  void import("./main.ts").then(async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  });
}
