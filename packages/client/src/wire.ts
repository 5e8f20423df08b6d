import type { BowspritErrorJson } from "@bowsprit/core";

/** What a page is told before its first script runs: the `data-bowsprit` of the client's own script element. See docs/wire.md. */
export interface PageConfig {
  /** `ddClient.extension.image`: the reference of the image, or the id of an extension that came from a folder. */
  readonly image: string;
  /** The exact origin of the dashboard. */
  readonly dashboard: string;
  readonly host: { readonly platform: string; readonly arch: string; readonly hostname: string };
  /** The parts that the extension's metadata names; what it does not name is absent from `ddClient.extension`. */
  readonly offers: { readonly service: boolean; readonly vm: boolean; readonly host: boolean };
}

/** What a page asks to be run. */
export interface ExecRequest {
  readonly cmd: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The last frame of a streamed exec, the only one that is text: how the process ended, or why nothing ran. */
export type ExecEnd =
  | { readonly type: "exit"; readonly code: number | null; readonly signal: string | null }
  | { readonly type: "error"; readonly error: BowspritErrorJson };

/** The first byte of a binary frame of a streamed exec: which output the other bytes are of. */
export const execOutput = { stdout: 1, stderr: 2 } as const;

/** Where the backend of a page's extension answers; the path of a request follows. */
export const servicePrefix = "/.bowsprit/service";

/** Where a page has its executables run: by POST for the whole result, by WebSocket for the stream. */
export const hostExecPath = "/.bowsprit/exec/host";

/** The field of every request of the client. No form and no plain link can send it, so another site cannot either. */
export const requestHeader = "Bowsprit-Request";

/** The field that marks an answer as a failure of the gateway itself; its value is the error's code. */
export const errorHeader = "Bowsprit-Error";

/** How much a toast matters. */
export type ToastLevel = "success" | "warning" | "error";

/** What a page says to the dashboard over its port. */
export interface ToastMessage {
  readonly type: "toast";
  readonly level: ToastLevel;
  readonly text: string;
}
