import type { Host } from "@bowsprit/sdk";

export interface GatewayOptions {
  /** What is served; it stays the caller's, who disposes it after the gateway. */
  readonly host: Host;
  /**
   * The port on 127.0.0.1 and ::1. 0 takes any free one. The default is the one that this home had before, else a free one that it keeps
   * from then on; a port that is given is kept, too.
   */
  readonly port?: number;
  /**
   * The folder of the dashboard's files, as a `file:` URL that ends in `/`: `dashboardFolder` of `@bowsprit/dashboard`. Without one only
   * the REST interface is there.
   */
  readonly dashboard?: URL;
  /** The built client of pages; the default is that of the installed `@bowsprit/client`. */
  readonly clientScript?: URL;
  /** Told when a browser used a link, with a fresh one for the next browser. */
  readonly onLinkUsed?: (fresh: string) => void;
}

/** A running web server. Disposing closes every connection and ends what pages were running; the host goes on. */
export interface Gateway extends AsyncDisposable {
  /** The dashboard's origin: `http://bowsprit.localhost:<port>`. */
  readonly origin: string;
  readonly port: number;
  /** An address that signs one browser in, once. It is a secret. */
  link(): string;
}
