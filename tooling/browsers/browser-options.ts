/** How a browser is started. */
export interface BrowserOptions {
  /** Its own flags, after ours. */
  readonly args?: readonly string[];
  /**
   * Where names lead, in the words of Chromium: `MAP vendor.test 127.0.0.1, MAP other.test 127.0.0.1`. Firefox takes this one form.
   * Without a rule `*.localhost` leads to this computer and every other name nowhere.
   */
  readonly hostResolverRules?: string;
  /** Preferences of Firefox; Chromium has none. */
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
  /** What a page has to draw on, in CSS pixels; the default is 1280 × 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
}
