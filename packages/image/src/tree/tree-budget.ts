import { BowspritError, ErrorCode } from "@bowsprit/core";

/** What walking an image may cost, whatever is in it. All layers of an image share one. */
export interface TreeBudget {
  /** Notes memory that is kept, in bytes. @throws BowspritError `SOURCE_REFUSED`. */
  keep(bytes: number): void;
  /** Notes one step from a folder to what it holds. @throws BowspritError `SOURCE_REFUSED`. */
  step(): void;
}

/**
 * Enough for 270,000 files whose names are all different, and for more where they repeat; the largest ordinary images have 150,000. With
 * a young generation of 12 MiB, a process grows by 80 MiB at most until it is spent.
 */
const maxBytes = 64 * 1024 ** 2;

/** The largest ordinary images take two million; these take about two seconds. */
const maxSteps = 20_000_000;

export function createTreeBudget(attempt: string): TreeBudget {
  let bytes = 0;
  let steps = 0;

  const refuse = (why: string): never => {
    throw new BowspritError(ErrorCode.SourceRefused, `${attempt}: the image ${why}`, {
      hint: "Build the image on a smaller base, or from scratch.",
    });
  };

  return {
    keep(more) {
      bytes += more;
      if (bytes > maxBytes) refuse("holds more files, folders and links than can be kept in mind");
    },
    step() {
      steps += 1;
      if (steps > maxSteps) refuse("has folders and links that are too deep to be followed");
    },
  };
}
