const maxCandidates = 5000;
const maxNear = 5;

/** Up to five tags that somebody who wrote `wanted` may have meant, the nearest first. */
export function nearTags(wanted: string, tags: readonly string[]): readonly string[] {
  return tags
    .slice(-maxCandidates)
    .map((tag) => ({ tag, distance: distanceOf(wanted, tag) }))
    .toSorted((a, b) => a.distance - b.distance || (a.tag < b.tag ? -1 : 1))
    .slice(0, maxNear)
    .map(({ tag }) => tag);
}

/** How many characters must be put in, taken out or replaced to make one of the other. */
function distanceOf(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
