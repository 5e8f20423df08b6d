/** The tag that counts where a reference names none, and why it was chosen. */
export interface ChosenTag {
  readonly tag: string;
  readonly because: "highest version" | "latest" | "highest pre-release";
}

type Version = readonly [core: readonly bigint[], preRelease: readonly string[]];

const pattern = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/u;

/**
 * The highest semantic version, with or without a leading `v`; else `latest`; else the highest pre-release. Shortened versions (`1`,
 * `1.2`) move and dates are none, so neither counts. Undefined where nothing is left.
 */
export function chooseTag(tags: readonly string[]): ChosenTag | undefined {
  const versions = tags
    .flatMap((tag) => {
      const version = parseVersion(tag);
      return version === undefined ? [] : [{ tag, version }];
    })
    // Of `1.0.0` and `v1.0.0` the one without a letter, on every computer.
    .toSorted((a, b) => compareVersions(b.version, a.version) || (a.tag < b.tag ? -1 : 1));
  const release = versions.find(({ version: [, preRelease] }) => preRelease.length === 0);
  if (release !== undefined) return { tag: release.tag, because: "highest version" };
  if (tags.includes("latest")) return { tag: "latest", because: "latest" };
  const [first] = versions;
  return first === undefined ? undefined : { tag: first.tag, because: "highest pre-release" };
}

function parseVersion(tag: string): Version | undefined {
  const match = pattern.exec(tag);
  if (match === null) return undefined;
  const [, major = "", minor = "", patch = "", preRelease] = match;
  const identifiers = preRelease?.split(".") ?? [];
  if (identifiers.some((one) => /^0\d+$/u.test(one))) return undefined;
  return [[major, minor, patch].map(BigInt), identifiers];
}

/** Precedence as Semantic Versioning 2.0.0 has it, §11. */
function compareVersions([a, preA]: Version, [b, preB]: Version): number {
  for (const [index, number] of a.entries()) {
    const other = b[index] ?? 0n;
    if (number !== other) return number < other ? -1 : 1;
  }
  if (preA.length === 0 || preB.length === 0) return preB.length - preA.length;
  for (const [index, identifier] of preA.entries()) {
    const other = preB[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return preA.length - preB.length;
}

function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  const [isNumberA, isNumberB] = [/^\d+$/u.test(a), /^\d+$/u.test(b)];
  if (isNumberA && isNumberB) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : 1;
}
