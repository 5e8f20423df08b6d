import type { ServiceApi } from "./create-service-api.ts";
import type { Exec } from "./exec.ts";

/** A place where programs run. */
export interface Cli {
  readonly exec: Exec;
}

/** What the page's own extension has: parts that its metadata does not name are absent. */
export interface DdExtension {
  readonly image: string;
  readonly vm?: { readonly cli: Cli; readonly service?: ServiceApi };
  readonly host?: { readonly cli: Cli };
}

export interface DdToast {
  success(message: string): void;
  warning(message: string): void;
  error(message: string): void;
}

/** Ways into the pages of the dashboard. They reject where the thing does not exist. */
export interface DdNavigate {
  viewContainers(): Promise<void>;
  viewContainer(id: string): Promise<void>;
  viewContainerLogs(id: string): Promise<void>;
  viewContainerInspect(id: string): Promise<void>;
  viewContainerTerminal(id: string): Promise<void>;
  viewContainerStats(id: string): Promise<void>;
  viewImages(): Promise<void>;
  viewImage(id: string, tag: string): Promise<void>;
  viewVolumes(): Promise<void>;
  viewVolume(volume: string): Promise<void>;
}

/** `window.ddClient` as `@docker/extension-api-client` hands it on: version 1 of the interface. */
export interface DdClient {
  readonly extension: DdExtension;
  readonly desktopUI: {
    readonly toast: DdToast;
    readonly dialog: { showOpenDialog(properties?: unknown): Promise<never> };
    readonly navigate: DdNavigate;
  };
  readonly host: {
    /** @throws BowspritError `INVALID_ARGUMENT` for anything but http and https. */
    openExternal(url: string): void;
    readonly platform: string;
    readonly arch: string;
    readonly hostname: string;
  };
  readonly docker: {
    readonly cli: Cli;
    listContainers(options?: unknown): Promise<unknown>;
    listImages(options?: unknown): Promise<unknown>;
  };
}
