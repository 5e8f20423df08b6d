import type { LaunchOptions } from "puppeteer-core";
import type { BrowserOptions } from "./browser-options.ts";
import { loopbackNames } from "./resolver-rules.ts";

/** Puppeteer's own list of preferences takes these away, but a test is to see what a user sees. */
const asUsersHaveThem = {
  // Cookies of other sites are kept apart for each site.
  "network.cookie.cookieBehavior": 5,
  // Each site has a process of its own.
  "fission.webContentIsolationStrategy": 1,
};

/** What Firefox would fetch or ask by itself, besides what Puppeteer switches off. */
const silence = {
  "app.update.enabled": false,
  "app.normandy.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.region.update.enabled": false,
  "browser.safebrowsing.provider.google4.updateURL": "",
  "browser.safebrowsing.provider.google5.updateURL": "",
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "browser.safebrowsing.update.enabled": false,
  "browser.search.serpEventTelemetryCategorization.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.healthreport.uploadEnabled": false,
  "dom.push.enabled": false,
  "extensions.systemAddon.update.url": "",
  "media.gmp-manager.url": "",
  "media.gmp-provider.enabled": false,
  "messaging-system.rsexperimentloader.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.trr.mode": 5,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
  "toolkit.telemetry.unified": false,
};

/** A proxy that is not there has all requests but those to this computer: no preference silences every part. */
function nowhereElse(names: readonly string[]): Readonly<Record<string, string | number>> {
  return {
    "network.dns.localDomains": names.join(","),
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": ["localhost", ".localhost", "127.0.0.1", "::1", ...names].join(", "),
  };
}

/** What is special about starting Firefox: a profile that reaches nothing but this computer and treats cookies and sites as a user's does. */
export function firefoxLaunch({ args = [], hostResolverRules, preferences }: BrowserOptions): LaunchOptions {
  const names = hostResolverRules === undefined ? [] : loopbackNames(hostResolverRules);
  return {
    browser: "firefox",
    args: [...args],
    extraPrefsFirefox: {
      ...silence,
      ...asUsersHaveThem,
      ...nowhereElse(names),
      ...preferences,
    },
  };
}
