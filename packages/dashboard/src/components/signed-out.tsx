import type { JSX } from "preact";
import { BrandMark } from "./brand-mark.tsx";

/** Shown in place of everything when the gateway knows this browser no more. */
export function SignedOut(): JSX.Element {
  return (
    <main class="signed-out">
      <div class="sheet centred" role="alert">
        <BrandMark />
        <h1>This session is over</h1>
        <p class="muted">
          Bowsprit was restarted, or this browser was never signed in. This command prints a new link; open it in this
          browser:
        </p>
        <pre class="screen">bowsprit serve --status</pre>
        <p class="muted small">A link works once, and only on this computer.</p>
        <button type="button" class="button" onClick={() => window.location.reload()}>
          Try again
        </button>
      </div>
    </main>
  );
}
