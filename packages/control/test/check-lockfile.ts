/** Of the tarball that was reviewed. */
const integrity = "sha512-d5+aogND4Gk6aQkW5KCibliM4Mn12+isHXt8wFghO4Bn0gBSnev3TXJWQ4eEnzrlh5gCG+nwQEZwyayeDtQxQA==";

/** All that a lockfile may say of node-ipc: one package of ours depends on that one tarball. Every line, with what it is below. */
const reviewed: readonly string[] = [
  "importers > packages/control > dependencies > node-ipc",
  "importers > packages/control > dependencies > node-ipc > specifier: 14.0.0",
  "importers > packages/control > dependencies > node-ipc > version: 14.0.0",
  "packages > node-ipc@14.0.0",
  `packages > node-ipc@14.0.0 > resolution: {integrity: ${integrity}}`,
  "packages > node-ipc@14.0.0 > engines: {node: '>=22.13.0'}",
  "snapshots > node-ipc@14.0.0",
  "snapshots > node-ipc@14.0.0 > dependencies",
  "snapshots > node-ipc@14.0.0 > dependencies > event-pubsub: 6.1.1",
  "snapshots > node-ipc@14.0.0 > dependencies > js-message: 3.1.0",
  "snapshots > node-ipc@14.0.0 > dependencies > js-queue: 3.1.0",
];

/** `peacenotwar` is what the harmful versions brought along. */
const watched = /node-ipc|peacenotwar/iu;

/**
 * What a pnpm lockfile says of node-ipc beyond what was reviewed, and what it does not say of that; empty for one that is right. It is
 * read line by line: whatever names the package in whichever section, by an alias, an override, a patch or another package's
 * dependency, is a line that names it. A name that is written in escapes would not be, so that there may be none.
 */
export function checkLockfile(text: string): readonly string[] {
  const said = linesOf(text).filter((line) => watched.test(line));
  return [
    ...said.filter((line) => !reviewed.includes(line)).map((line) => `it must not say: ${line}`),
    ...reviewed
      .filter((line) => said.filter((each) => each === line).length !== 1)
      .map((line) => `it must say once: ${line}`),
    ...(text.includes("\\") ? ["it must not hold escapes"] : []),
  ];
}

/** Every line behind the keys that it is below, for the indentation that pnpm writes. */
function linesOf(text: string): readonly string[] {
  const keys: string[] = [];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const depth = line.search(/\S/u) / 2;
    const key = line
      .trim()
      .replace(/^'(.*)':$/u, "$1:")
      .replace(/:$/u, "");
    keys.splice(Math.ceil(depth), Infinity, key);
    return keys.join(" > ");
  });
}
