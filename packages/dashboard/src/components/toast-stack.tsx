import type { JSX } from "preact";
import type { Toast, Toasts } from "../create-toasts.ts";
import { useCell } from "../use-cell.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";

const glyphs: Readonly<Record<Toast["level"], GlyphName>> = { success: "check", warning: "warning", error: "error" };

/** The toasts in their corner. They stay while the pointer or the keyboard is on them. */
export function ToastStack({ toasts }: { readonly toasts: Toasts }): JSX.Element {
  const dismiss = (key: Toast["key"]): void => {
    toasts.dismiss(key);
    // Firefox tells nobody that what had the focus is gone.
    toasts.resume();
  };
  return (
    <section
      class="toasts"
      aria-label="Messages"
      aria-live="polite"
      onMouseEnter={() => toasts.pause()}
      onMouseLeave={() => toasts.resume()}
      onFocusCapture={() => toasts.pause()}
      onBlurCapture={() => toasts.resume()}
    >
      {useCell(toasts).map((toast) => (
        <div
          key={toast.key}
          class="toast"
          data-level={toast.level}
          role={toast.level === "error" ? "alert" : undefined}
        >
          <Glyph name={glyphs[toast.level]} />
          <p>
            <span class="hidden">{toast.level}: </span>
            {toast.from !== null && <strong>{toast.from}: </strong>}
            {toast.text}
          </p>
          <button type="button" class="icon-button" onClick={() => dismiss(toast.key)}>
            <Glyph name="close" />
            <span class="hidden">Dismiss</span>
          </button>
        </div>
      ))}
    </section>
  );
}
