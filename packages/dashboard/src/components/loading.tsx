import type { ComponentChildren, JSX } from "preact";

interface LoadingProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Something is on its way. The bar moves only for those who do not mind movement. */
export function Loading({ title, children }: LoadingProps): JSX.Element {
  return (
    <div class="loading" role="status">
      <p>{title}…</p>
      <div class="bar" aria-hidden="true" />
      {children}
    </div>
  );
}
