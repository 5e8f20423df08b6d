import { BowspritError, ErrorCode } from "@bowsprit/core";

/** Opens a tab of the browser: `window.open`. */
export type OpenWindow = (url: string, target: string, features: string) => unknown;

/**
 * Opens an address of the web in a tab that knows nothing of this page.
 * @throws BowspritError `INVALID_ARGUMENT` for any other scheme, and for what is no address.
 */
export function openExternal(url: string, open: OpenWindow): void {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/u.test(address.protocol)) {
    throw new BowspritError(
      ErrorCode.InvalidArgument,
      `open ${JSON.stringify(String(url))}: only addresses that begin with http:// or https:// can be opened`,
    );
  }
  open(address.href, "_blank", "noopener,noreferrer");
}
