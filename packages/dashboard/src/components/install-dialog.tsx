import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Shell } from "../shell.ts";
import { useInstall, type Work } from "../use-install.ts";
import { ConsentSheet } from "./consent-sheet.tsx";
import { ErrorNote } from "./error-note.tsx";
import { Modal } from "./modal.tsx";

interface InstallDialogProps {
  readonly shell: Shell;
  readonly onClose: () => void;
}

/** Takes a folder, shows what it would bring, and installs it when that was agreed to. What was typed stays, whatever fails. */
export function InstallDialog({ shell, onClose }: InstallDialogProps): JSX.Element {
  const form = useInstall(shell, onClose);
  const { source, examination, error, work } = form;
  const help = useId();
  const agree = examination === undefined ? undefined : (): void => void form.install(examination);
  const submit = (event: Event): void => {
    event.preventDefault();
    // The key that asked must not also agree, so only the button installs.
    if (examination === undefined) void form.check();
  };
  return (
    <Modal title="Install an extension" busy={work === "installing"} onClose={onClose}>
      <form onSubmit={submit}>
        <div class="modal-body">
          <label class="field">
            <span>Folder</span>
            <input
              class="mono"
              value={source}
              required
              autofocus
              autocomplete="off"
              spellcheck={false}
              disabled={work === "installing"}
              placeholder="/home/me/my-extension"
              aria-describedby={help}
              onInput={({ currentTarget }) => form.edit(currentTarget.value)}
            />
          </label>
          <p id={help} class="muted small">
            The absolute path, on this computer, of a folder with a <code>metadata.json</code>.
          </p>
          {error !== undefined && <ErrorNote title={error.title} error={error.error} />}
          {examination !== undefined && <ConsentSheet examination={examination} />}
        </div>
        <footer>
          <button type="button" class="button" disabled={work === "installing"} onClick={onClose}>
            Cancel
          </button>
          <SubmitButton work={work} ready={source.trim() !== ""} agree={agree} />
        </footer>
      </form>
    </Modal>
  );
}

interface SubmitButtonProps {
  readonly work: Work;
  readonly ready: boolean;
  /** Absent before there is something to agree to. */
  readonly agree: (() => void) | undefined;
}

function SubmitButton({ work, ready, agree }: SubmitButtonProps): JSX.Element {
  const disabled = work !== undefined || !ready;
  if (agree === undefined) {
    return (
      <button key="check" type="submit" class="button primary" disabled={disabled}>
        {work === "checking" ? "Checking…" : "Check"}
      </button>
    );
  }
  return (
    <button key="install" type="button" class="button primary" disabled={disabled} onClick={agree}>
      {work === "installing" ? "Installing…" : "Install"}
    </button>
  );
}
