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
