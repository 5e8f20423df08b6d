/** Does `action` once after so many milliseconds, unless the function it answers with is called before. Handed in, so that tests own the time. */
export type After = (ms: number, action: () => void) => () => void;

/** The clock of the browser. */
export const after: After = (ms, action) => {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
};
