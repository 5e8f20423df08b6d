import { BowspritError, type Examination } from "@bowsprit/core";
import { useRef, useState } from "preact/hooks";
import type { Shell } from "./shell.ts";

/** What the dialog waits for; undefined while it waits for its user. */
export type Work = "checking" | "installing" | undefined;

/** The steps from a folder to an installed extension, and where they stand. */
export interface Install {
  readonly source: string;
  readonly work: Work;
  readonly examination: Examination | undefined;
  readonly error: { readonly title: string; readonly error: BowspritError } | undefined;
  edit(source: string): void;
  check(): Promise<void>;
  install(examination: Examination): Promise<void>;
}

/** The state of one install dialog. When the extension is installed it is opened, and `onDone` is called. */
export function useInstall({ api, router, take, toasts }: Shell, onDone: () => void): Install {
  const [source, setSource] = useState("");
  const [work, setWork] = useState<Work>();
  const [examination, setExamination] = useState<Examination>();
  const [error, setError] = useState<Install["error"]>();
  // One thing is done at a time; what was called off has nothing to say any more.
  const current = useRef<AbortController>(null);

  const attempt = async (
    kind: Exclude<Work, undefined>,
    title: string,
    step: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    const { signal } = (current.current = new AbortController());
    setWork(kind);
    setError(undefined);
    try {
      await step(signal);
    } catch (reason) {
      if (signal.aborted) return;
      // What was agreed to may be what failed, so it is read again before the next try.
      setExamination(undefined);
      setError({ title, error: BowspritError.from(reason) });
    }
    setWork(undefined);
  };
  return {
    source,
    work,
    examination,
    error,
    edit(text) {
      current.current?.abort();
      setSource(text);
      setWork(undefined);
      // The report is about another folder now.
      setExamination(undefined);
      setError(undefined);
    },
    check: () =>
      attempt("checking", "This folder cannot be installed", async (signal) => {
        const found = await api.examine(source.trim(), { signal });
        if (!signal.aborted) setExamination(found);
      }),
    install: ({ agreement }) =>
      attempt("installing", "It was not installed", async () => {
        const extension = await api.install(source.trim(), agreement);
        take({ type: "changed", extension });
        toasts.show({ level: "success", text: `${extension.title} was installed`, from: null });
        onDone();
        router.go({ page: "extension", id: extension.id });
      }),
  };
}
