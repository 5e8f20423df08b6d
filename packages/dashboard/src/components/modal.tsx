import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Glyph } from "./glyph.tsx";

interface ModalProps {
  readonly title: string;
  /** True while it must not be closed, because something is being done that cannot be called off. */
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page, open as long as it is drawn. The browser keeps the focus inside, and gives it back at the end. */
export function Modal({ title, busy, onClose, children }: ModalProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Only `close` gives the focus back, taking the element away does not.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={heading}
      onCancel={(event) => busy && event.preventDefault()}
      onClose={onClose}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" class="icon-button" disabled={busy} onClick={onClose}>
          <Glyph name="close" />
          <span class="hidden">Close</span>
        </button>
      </header>
      {children}
    </dialog>
  );
}
