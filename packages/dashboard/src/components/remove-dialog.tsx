import { BowspritError, type Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Shell } from "../shell.ts";
import { subtitleOf } from "../subtitle-of.ts";
import { ErrorNote } from "./error-note.tsx";
import { Modal } from "./modal.tsx";

interface RemoveDialogProps {
  readonly shell: Shell;
  readonly extension: Extension;
  readonly onClose: () => void;
}

/** Asks before an extension is removed, and removes it. The dashboard goes to the overview when it is gone. */
export function RemoveDialog({ shell, extension, onClose }: RemoveDialogProps): JSX.Element {
  const { id, title } = extension;
  const [keepData, setKeepData] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<BowspritError>();

  const remove = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await shell.api.remove(id, { keepData });
      shell.take({ type: "removed", id });
      onClose();
    } catch (reason) {
      setError(BowspritError.from(reason));
      setBusy(false);
    }
  };
  return (
    <Modal title={`Remove ${title}?`} busy={busy} onClose={onClose}>
      <div class="modal-body">
        <p class="muted">{subtitleOf(extension)}</p>
        <p>Its backend is stopped, and its files are deleted from this computer.</p>
        <label class="choice">
          <input type="checkbox" checked={keepData} disabled={busy} onChange={() => setKeepData(!keepData)} />
          Keep its logs
        </label>
        {error !== undefined && <ErrorNote title="It was not removed" error={error} />}
      </div>
      <footer>
        <button type="button" class="button" disabled={busy} onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => void remove()}>
          {busy ? "Removing…" : "Remove"}
        </button>
      </footer>
    </Modal>
  );
}
